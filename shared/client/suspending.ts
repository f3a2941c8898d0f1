/** Closing another organizer's desk together, opening it again, or leaving by oneself. */
import * as v from 'valibot';
import { suspensionAnswer } from '../api/suspension.ts';
import { approve, suspendSubject } from '../approval.ts';
import type { Call } from './call.ts';
import type { Standing } from './deciding.ts';
import type { Organizer } from './organizer.ts';

/**
 * @param about id of the organizer whom it is about
 * @param turn the next one about them: odd ones suspend, even ones lift it
 * @returns whether that organizer is suspended now
 */
export async function decideSuspension(
	call: Call,
	organizer: Organizer,
	{ root }: Pick<Standing, 'root'>,
	about: string,
	turn: number,
): Promise<boolean> {
	const subject = await suspendSubject(root, about, turn);
	const authenticator = await approve(organizer.secrets.approval, 'suspend', root, subject);
	const answer = await call('POST', '/api/desk/suspensions', { organizer: about, turn, authenticator });
	return v.parse(suspensionAnswer, answer).suspended;
}

export async function takeSuspensionBack(call: Call, about: string): Promise<void> {
	await call('DELETE', `/api/desk/suspensions/${about}`);
}
