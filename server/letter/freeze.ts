/** Freezing a draft: its charter is built, its keys are made, and all organizers can compare and approve it. */
import {
	type Charter,
	checkCharter,
	fingerprint,
	readCharter,
	textHash,
	writeCharter,
	writeTextDocument,
} from '../../shared/charter.ts';
import { withDefaults } from '../../shared/draft-defaults.ts';
import { Fault } from '../../shared/fault.ts';
import { type GroupPublicKeys, hostKey, keepKeys, makeKeys } from '../credential/keyring.ts';
import type { Db } from '../database.ts';
import type { Deps } from '../deps.ts';
import { listOrganizers, type Organizer } from '../organizer/organizer-store.ts';
import { Problem } from '../platform/errors.ts';
import { keysFit } from './charter-keys.ts';
import { type CharterRow, insertCharter, listCharters, removeApprovals, removeUnapproved } from './charter-store.ts';
import { type CompleteDraft, checkDraft } from './check-draft.ts';
import { draftChanged, readDraft } from './draft.ts';
import { getLetter, type LetterRow, lockLetter } from './letter-store.ts';
import { requireState } from './transitions.ts';

/**
 * Of whichever letters: making keys keeps threads busy on which everybody's signatures are verified, so one who asks forty times at once makes them once.
 * Proven by test/server/letter/freezes-at-once.test.ts.
 */
let last: Promise<unknown> = Promise.resolve();

function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
	const mine = last.then(work);
	last = mine.catch(() => {});
	return mine;
}

/**
 * What nobody chose gets its default. Frozen already, and unchanged since, it answers the same fingerprint. Proven by test/server/letter/freeze.test.ts.
 * @returns the fingerprint of the charter, b64u
 * @throws Problem `invalid-input` naming a field of the draft, `wrong-state`, `charter-changed`, `draft-changed`
 */
export async function freeze(deps: Deps, by: Organizer, version: number): Promise<string> {
	const frozen = await frozenAs(deps, await getLetter(deps.db, by.letter), version);
	return frozen ?? (await inTurn(() => freezeNow(deps, by, version)));
}

async function frozenAs(deps: Deps, letter: LetterRow, version: number): Promise<string | undefined> {
	requireVersion(letter, version);
	return (await findFrozen(deps, deps.db, letter.id))?.fingerprint;
}

async function freezeNow(deps: Deps, by: Organizer, version: number): Promise<string> {
	const letter = await getLetter(deps.db, by.letter);
	const frozen = await frozenAs(deps, letter, version);
	if (frozen !== undefined) return frozen;
	const organizers = await listOrganizers(deps.db, letter.id);
	const now = deps.clock.now();
	const complete = checkDraft(withDefaults(readDraft(letter), organizers.length, now), organizers.length, now);
	// Seconds of work on other threads: done before the letter is locked, and kept only once it is.
	const keys = await makeKeys(complete.groups.map(({ id }) => id));
	const charter = await buildCharter(deps, letter.id, { complete, organizers, keys: keys.groups });
	const textDocument = writeTextDocument(complete.text);
	const print = await fingerprint(charter.document);

	return deps.db.transaction().execute(async (trx) => {
		requireVersion(await lockLetter(trx, letter.id), version);
		const meanwhile = await findFrozen(deps, trx, letter.id);
		if (meanwhile) return meanwhile.fingerprint;
		const present = await listOrganizers(trx, letter.id);
		const same = present.length === organizers.length && present.every((one, i) => one.key === organizers[i]?.key);
		if (!same) throw new Problem('charter-changed');
		await removeUnapproved(trx, letter.id);
		await removeApprovals(trx, letter.id, ['abandon']);
		// Under the lock of a letter that is a draft: a freeze that comes late cannot replace the keys of one that is open.
		await keepKeys(deps, letter.id, keys);
		await insertCharter(trx, letter.id, { number: 1, fingerprint: print, charter: charter.document, textDocument });
		return print;
	});
}

/** A frozen draft is changed only by ending the freeze, so one that is there is of this draft. */
async function findFrozen(deps: Deps, db: Db, letter: string): Promise<CharterRow | undefined> {
	const frozen = (await listCharters(db, letter)).find((row) => !row.standing);
	return frozen && (await keysFit(deps, readCharter(frozen.charter))) ? frozen : undefined;
}

function requireVersion(letter: LetterRow, version: number): void {
	requireState(letter, 'draft');
	if (letter.draftVersion !== version) {
		throw draftChanged(letter);
	}
}

interface Parts {
	complete: CompleteDraft;
	organizers: Organizer[];
	keys: GroupPublicKeys[];
}

async function buildCharter(deps: Deps, letter: string, { complete, organizers, keys }: Parts) {
	const groups = complete.groups.map((group) => {
		const made = keys.find(({ id }) => id === group.id);
		if (!made) throw new Error('the keyring made no key for a group');
		return { ...group, issuer: made.issuer, attester: made.attester };
	});
	const value: Charter = {
		version: 1,
		letter,
		previous: null,
		text: await textHash(writeTextDocument(complete.text)),
		groups,
		...complete.terms,
		organizers: organizers.map(({ id, name, key, sealing }) => ({ id, name, key, sealing })),
		origin: deps.config.origin,
		host: (await hostKey(deps)).jwk,
	};
	try {
		checkCharter(value);
		return { value, document: writeCharter(value) };
	} catch (fault) {
		if (fault instanceof Fault) throw new Problem('invalid-input', { field: fault.place, detail: fault.message });
		throw fault;
	}
}
