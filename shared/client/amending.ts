/** Amending an open letter (docs/protocol.md, section 2): another text asks everyone to sign again; other terms leave signatures standing. */
import * as v from 'valibot';
import { amendmentAnswer, type DeskView } from '../api/desk.ts';
import { approve } from '../approval.ts';
import { requireSuccessor } from '../chain.ts';
import {
	type Charter,
	checkCharter,
	fingerprint,
	readCharter,
	readTextDocument,
	type TextDocument,
	textHash,
	writeCharter,
	writeTextDocument,
} from '../charter.ts';
import { Fault } from '../fault.ts';
import type { Call } from './call.ts';
import type { Standing } from './deciding.ts';
import type { Organizer } from './organizer.ts';

/** What may change; the rest stays as it stands. */
export type Change = Partial<Pick<Charter, 'closesAt' | 'headcounts'>> & { text?: TextDocument };
/** `applied`: with this approval there were M, and it is in force. */
export type Amended = v.InferOutput<typeof amendmentAnswer>;

/** Proposes a change, and approves it. @throws Fault where it changes what must not change */
export async function amend(call: Call, organizer: Organizer, standing: Standing, change: Change): Promise<Amended> {
	const { text: document = standing.text, ...terms } = change;
	const text = writeTextDocument(document);
	const next = { ...standing.charter, ...terms, previous: standing.fingerprint, text: await textHash(text) };
	checkCharter(next);
	requireSuccessor(next, standing.charters, standing.fingerprint);
	const charter = writeCharter(next);
	const authenticator = await approveSubject(organizer, standing.root, await fingerprint(charter));
	return v.parse(amendmentAnswer, await call('POST', '/api/desk/amendments', { charter, text, authenticator }));
}

/** The change that is proposed, checked against what stands: what an organizer is shown before approving it. Null when there is none. */
export async function readAmendment(view: DeskView, standing: Standing): Promise<Standing | null> {
	if (view.amendment === null) return null;
	const charter = readCharter(view.amendment.charter);
	checkCharter(charter);
	requireSuccessor(charter, standing.charters, standing.fingerprint);
	if (charter.text !== (await textHash(view.amendment.text))) {
		throw new Fault('chain-text', 'text', 'The text shown is not the one that the amendment names.');
	}
	const text = readTextDocument(view.amendment.text);
	const charters = [...standing.charters, charter];
	return { root: standing.root, fingerprint: await fingerprint(view.amendment.charter), charter, charters, text };
}

/** Approves what `readAmendment` gave, and nothing else. */
export async function approveAmendment(call: Call, organizer: Organizer, amended: Standing): Promise<Amended> {
	const authenticator = await approveSubject(organizer, amended.root, amended.fingerprint);
	const body = { fingerprint: amended.fingerprint, authenticator };
	return v.parse(amendmentAnswer, await call('POST', '/api/desk/amendments/approve', body));
}

/** Drops what `readAmendment` gave, and no other that was proposed since. */
export async function dropAmendment(call: Call, { fingerprint }: Standing): Promise<void> {
	await call('DELETE', `/api/desk/amendments/${fingerprint}`);
}

function approveSubject(organizer: Organizer, root: string, subject: string): Promise<string> {
	return approve(organizer.secrets.approval, 'amendment', root, subject);
}
