import { expect, test } from 'vitest';
import { verifyApproval } from '../../../shared/approval.ts';
import { readCharter, writeCharter } from '../../../shared/charter.ts';
import { amend, approveAmendment, readAmendment } from '../../../shared/client/amending.ts';
import type { Call } from '../../../shared/client/call.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';

type Sent = { charter: string; text: string; fingerprint: string; authenticator: string };

/** What is sent when organizer 0 proposes this, and how the others then see the desk. */
async function proposed(change: Parameters<typeof amend>[3]) {
	const desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: [] });
	const sent: Sent[] = [];
	const call: Call = async (_method, _path, body) => {
		sent.push(body as Sent);
		return { fingerprint: desk.standing.root, applied: false };
	};
	await amend(call, desk.organizer(0), desk.standing, change);
	const [{ charter, text } = { charter: '', text: '' }] = sent;
	return { desk, call, sent, view: desk.view(1, { amendment: { charter, text, approvals: [] } }) };
}

test('another organizer reads the same change, and approves just that', async () => {
	const { desk, call, sent, view } = await proposed({ closesAt: '2027-04-01T09:00:00Z' });
	const amended = await readAmendment(view, desk.standing);
	if (!amended) throw new Error('A change is proposed.');
	expect(amended.charter).toMatchObject({ closesAt: '2027-04-01T09:00:00Z', previous: desk.standing.fingerprint });
	expect(amended.text).toEqual(desk.standing.text);
	await approveAmendment(call, desk.organizer(1), amended);
	for (const [at, one] of sent.entries()) {
		const approval = { organizer: desk.organizer(at).id, authenticator: one.authenticator };
		const { organizers } = desk.standing.charter;
		expect(await verifyApproval(organizers, approval, 'amendment', desk.standing.root, amended.fingerprint)).toBe(true);
	}
});

test('a change of anything else, or an exchanged text, is refused before it is shown', async () => {
	const { desk, view } = await proposed({
		text: { ...(await OrganizerDesk.of({ signers: [] })).standing.text, title: 'Another title' },
	});
	const { amendment } = view;
	if (!amendment) throw new Error('A change is proposed.');
	expect((await readAmendment(view, desk.standing))?.text.title).toBe('Another title');
	const charter = writeCharter({ ...readCharter(amendment.charter), advice: 'Ask the employer' });
	await expect(readAmendment({ ...view, amendment: { ...amendment, charter } }, desk.standing)).rejects.toMatchObject({
		code: 'chain-changed',
	});
	const text = amendment.text.replace('Another', 'No');
	await expect(readAmendment({ ...view, amendment: { ...amendment, text } }, desk.standing)).rejects.toMatchObject({
		code: 'chain-text',
	});
});
