/** Approving: every authenticator here is over what this browser has read and hashed itself. */
import * as v from 'valibot';
import { type DeskView, decisionAnswer } from '../api/desk.ts';
import type { LetterState } from '../api/signing.ts';
import { abandonSubject, approve, closeSubject } from '../approval.ts';
import { b64u, frame, fromB64u, utf8 } from '../bytes.ts';
import { checkChain } from '../chain.ts';
import {
	type Charter,
	checkCharter,
	fingerprint,
	readCharter,
	readTextDocument,
	type TextDocument,
	textHash,
} from '../charter.ts';
import { Fault } from '../fault.ts';
import { type Call, Refused } from './call.ts';
import type { Organizer } from './organizer.ts';

/** Where the browser keeps the root that its organizer approved, by letter: localStorage, or `rootsInMemory()`. */
export interface Roots {
	read(letter: string): string | null;
	write(letter: string, kept: string): void;
	erase(letter: string): void;
}

/** For a program that keeps nothing. */
export function rootsInMemory(): Roots {
	const kept = new Map<string, string>();
	return {
		read: (letter) => kept.get(letter) ?? null,
		write: (letter, value) => void kept.set(letter, value),
		erase: (letter) => void kept.delete(letter),
	};
}

/** `fingerprint` is of `charter`, the last of `charters`; `root` of the first. */
export type Standing = {
	root: string;
	fingerprint: string;
	charter: Charter;
	charters: Charter[];
	text: TextDocument;
};

function rootBytes(letter: string, root: string) {
	return frame('undersigned/desk/root/1', utf8(letter), fromB64u(root, 32));
}

/** Keeps the root under a MAC from the seed, so that nobody without the seed can put another one in its place. */
export async function keepRoot(organizer: Organizer, roots: Roots, root: string): Promise<void> {
	const mac = await crypto.subtle.sign('HMAC', organizer.secrets.rootMac, rootBytes(organizer.letter, root));
	roots.write(organizer.letter, `${root}.${b64u(new Uint8Array(mac))}`);
}

/** @returns null where this browser has kept none: compare the fingerprint first. @throws Fault `chain-root` where it was tampered with */
export async function keptRoot(organizer: Organizer, roots: Roots): Promise<string | null> {
	const kept = roots.read(organizer.letter);
	if (kept === null) return null;
	const [root = '', mac = ''] = kept.split('.');
	try {
		const bytes = rootBytes(organizer.letter, root);
		if (await crypto.subtle.verify('HMAC', organizer.secrets.rootMac, fromB64u(mac, 32), bytes)) return root;
	} catch {
		// Not even base64url: the same as a MAC that does not verify.
	}
	throw new Fault(
		'chain-root',
		'kept fingerprint',
		'What this browser kept of the letter was changed. Ask the other organizers.',
	);
}

/** A frozen charter before its approvals: what stands in it, checked as far as one charter can be. */
export async function readFrozen(view: DeskView): Promise<Standing> {
	const [charterDocument, textDocument] = [view.chain?.charters[0], view.chain?.texts[0]];
	if (charterDocument === undefined || textDocument === undefined) {
		throw new Fault('document-form', 'charter', 'The letter is not frozen.');
	}
	const charter = readCharter(charterDocument);
	checkCharter(charter);
	if (charter.text !== (await textHash(textDocument))) {
		throw new Fault('chain-text', 'text', 'The text shown is not the one that the charter names.');
	}
	if (charter.letter !== view.letter.id || charter.previous !== null) {
		throw new Fault('chain-previous', 'charter', 'This is the charter of another letter.');
	}
	const root = await fingerprint(charterDocument);
	return { root, fingerprint: root, charter, charters: [charter], text: readTextDocument(textDocument) };
}

/** The own keys must stand in a charter that one approves: else one's shares would be somebody else's. */
function requireOwnKeys(organizer: Organizer, charter: Charter): void {
	const own = charter.organizers.find((one) => one.id === organizer.id);
	if (own?.key !== organizer.secrets.key || own.sealing !== organizer.secrets.sealingPublic) {
		throw new Fault(
			'chain-changed',
			'organizers',
			'Your own keys are not the ones in this charter. Approve nothing; tell the others.',
		);
	}
}

/** The standing chain, walked from the root given: the one kept, or null to look at it before it was compared. @throws Fault */
export async function readStanding(view: DeskView, root: string | null): Promise<Standing> {
	if (view.chain === null) throw new Fault('chain-root', 'charter', 'The letter has no charter.');
	return checkChain(root, view.chain);
}

/** The chain from the root that this organizer compared. Goes before every approval but that of the charter. @throws Fault */
export async function requireStanding(organizer: Organizer, roots: Roots, view: DeskView): Promise<Standing> {
	const root = await keptRoot(organizer, roots);
	if (root === null) {
		throw new Fault('chain-root', 'kept fingerprint', 'Compare the fingerprint with another organizer first.');
	}
	const standing = await readStanding(view, root);
	requireOwnKeys(organizer, standing.charter);
	return standing;
}

/**
 * Approves the frozen charter, whose fingerprint the organizers have compared, and keeps its root: before it is sent, since the answer may be lost of an approval that
 * opens the letter.
 */
export async function approveCharter(call: Call, organizer: Organizer, roots: Roots, view: DeskView): Promise<void> {
	const frozen = await readFrozen(view);
	requireOwnKeys(organizer, frozen.charter);
	const authenticator = await approve(organizer.secrets.approval, 'charter', frozen.root, frozen.root);
	const before = roots.read(organizer.letter);
	await keepRoot(organizer, roots, frozen.root);
	try {
		await call('POST', '/api/desk/charter/approve', { fingerprint: frozen.root, authenticator });
	} catch (failure) {
		// Only then it is known that nothing was approved.
		if (failure instanceof Refused && failure.status < 500) {
			if (before === null) roots.erase(organizer.letter);
			else roots.write(organizer.letter, before);
		}
		throw failure;
	}
}

export type DecisionKind = 'close' | 'abandon';

/** Closing early, or abandoning: happens with the M-th who decides it. @returns where the letter stands: of one that is given up nobody hears more */
export async function decide(
	call: Call,
	organizer: Organizer,
	standing: Standing,
	kind: DecisionKind,
): Promise<LetterState> {
	const subject = await (kind === 'close' ? closeSubject : abandonSubject)(standing.fingerprint);
	const authenticator = await approve(organizer.secrets.approval, kind, standing.root, subject);
	return v.parse(decisionAnswer, await call('POST', '/api/desk/decisions', { kind, subject, authenticator })).state;
}

export async function takeDecisionBack(call: Call, kind: DecisionKind): Promise<void> {
	await call('DELETE', `/api/desk/decisions/${kind}`);
}

/** Back from scheduled to review: a release goes out only while nobody stops it. One for each organizer. */
export async function stop(call: Call, organizer: Organizer, standing: Standing, releaseHash: string): Promise<void> {
	const authenticator = await approve(organizer.secrets.approval, 'stop', standing.root, releaseHash);
	await call('POST', '/api/desk/stop', { authenticator });
}
