import type { DeskView } from '../../../shared/api/desk.ts';
import { fingerprint } from '../../../shared/charter.ts';
import { amend, type Change } from '../../../shared/client/amending.ts';
import type { OrganizerDesk } from '../../support/organizer-desk.ts';

export type Proposed = NonNullable<DeskView['amendment']>;

/** As organizer 1 would propose it. */
export async function proposalOf(organizers: OrganizerDesk, change: Change): Promise<Proposed> {
	let made: Proposed | null = null;
	const one = organizers.organizer(1);
	await amend(
		async (_method, _path, body) => {
			const { charter, text, authenticator } = body as { charter: string; text: string; authenticator: string };
			made = { charter, text, approvals: [{ organizer: one.id, authenticator }] };
			return { fingerprint: await fingerprint(charter), applied: false };
		},
		one,
		organizers.standing,
		change,
	);
	if (made === null) throw new Error('Nothing was proposed.');
	return made;
}
