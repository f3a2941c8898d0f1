import * as v from 'valibot';
import { confirmationAnswer, workAnswer } from '../api/signing.ts';
import { msg } from '../locales/say.ts';
import { type Call, Refused, Unanswered } from './call.ts';
import { working } from './later.ts';

/**
 * Asks for a mail with a code. Where very many ask, the server wants some work of each device first, which this does by itself: a few seconds.
 * @param address in its normal form. @returns the confirmation's id
 */
export async function requestConfirmation(call: Call, letter: string, address: string): Promise<string> {
	const ask = async (work?: string) =>
		v.parse(confirmationAnswer, await call('POST', '/api/confirmations', { letter, address, ...(work && { work }) }))
			.confirmation;
	try {
		return await ask();
	} catch (problem) {
		if (!(problem instanceof Refused && problem.code === 'work-needed')) throw problem;
	}
	const { solveWork } = await working();
	const { challenge } = v.parse(workAnswer, await call('POST', '/api/confirmations/work', {}));
	const work = await solveWork(challenge);
	if (work === null)
		throw new Unanswered(
			msg('Very many people ask for codes at this moment, and this device did not get through. Try again in a while.'),
		);
	return ask(work);
}
