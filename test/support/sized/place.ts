/**
 * Puts a letter of any size into a server's database, in review with its last call over, as the server holds it then; and brings it on from there over HTTP, as
 * its organizers' browsers do. Sealed parts have their size only: nobody opens them any more.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createFile } from '../../../server/credential/key-file.ts';
import { hostKey, type KeyringDeps } from '../../../server/credential/keyring.ts';
import type { Db } from '../../../server/database.ts';
import { openSession } from '../../../server/organizer/session.ts';
import { approve } from '../../../shared/approval.ts';
import { type Bytes, b64u, utf8 } from '../../../shared/bytes.ts';
import type { Entry, Stub } from '../../../shared/entry.ts';
import type { Terms } from '../../../shared/release.ts';
import { writeStatement } from '../../../shared/statement.ts';
import { type Answer, askAs, insertHead } from '../../server/release/in-review.ts';
import { hostSeed, type SizedLetter, sizedDeliveries } from './letter.ts';

/** What placing needs of a server, in this process or another. The host's key must not have been used yet: that of these letters takes its place. */
export interface Place extends KeyringDeps {
	origin: string;
	db: Db;
	/** What the server's clock shows: after last call, before the release. */
	now: Date;
}

export interface Placed {
	/** What organizer `by` (from 0) asks. */
	ask(by: number, method: string, path: string, body?: unknown): Promise<Answer>;
	/** The draft of the release, and the first organizer's approval: one is missing, and made ready to be sent. */
	propose(): Promise<void>;
	/** The last one that is needed, with the release. */
	approve(): Promise<void>;
}

/** Rows in one statement; well below the 65,535 parameters that it may have. */
const BATCH = 500;
/** Characters of a sealed part for three organizers. */
const SEALED = 3_600;

export async function placeSized(place: Place, sized: SizedLetter): Promise<Placed> {
	const { head } = sized;
	await installHostKey(place);
	if ((await hostKey(place)).jwk.x !== head.charter.host.x) throw new Error('This host has a key of its own already.');
	const terms = await insertSignatures(place.db, sized);
	await insertHead(
		place,
		head,
		terms.tallies.map(({ group, credentials }) => ({ group, ...credentials })),
	);
	const sessions = await Promise.all(head.organizers.map(({ id }) => openSession(place.db, id, place.now)));
	const ask: Placed['ask'] = (by, method, path, body) =>
		askAs(place.origin, sessions[by] ?? '', { method, path, body });
	const required = async (answer: Promise<Answer>): Promise<void> => {
		const { status, body } = await answer;
		if (status >= 400) throw new Error(`refused: ${JSON.stringify(body)}`);
	};
	const approval = async (by: number) => {
		const { approval: key } = head.organizers[by]?.secrets ?? {};
		if (key === undefined) throw new Error(`There is no organizer ${by}.`);
		const { releaseHash } = sized;
		const authenticator = await approve(key, 'release', head.root, releaseHash);
		return { attempt: terms.attempt, releaseHash, authenticator };
	};
	let last: Bytes | null = null;
	return {
		ask,
		async propose() {
			const { attempt, slug, releaseAt } = terms;
			const keys = head.organizers.map(({ id }) => ({ organizer: id, sealed: b64u(randomBytes(80)) }));
			const draft = { attempt, slug, releaseAt, releaseHash: sized.releaseHash, keys, box: b64u(randomBytes(500)) };
			await required(ask(0, 'PUT', '/api/desk/release', draft));
			await required(ask(0, 'POST', '/api/desk/release/approve', { ...(await approval(0)), release: null }));
			const release = withoutApprovals(readFileSync(sized.file, 'utf8'));
			last = utf8(JSON.stringify({ ...(await approval(1)), release, deliveries: sizedDeliveries }));
			// That took long for a large letter: connections that ended meanwhile are seen to have ended before one of them is used again.
			await nextTurn();
		},
		async approve() {
			const path = '/api/desk/release/approve';
			await required(askAs(place.origin, sessions[1] ?? '', { method: 'POST', path, json: last }));
		},
	};
}

/** The release as it is brought: the server adds what it holds itself. */
function withoutApprovals(file: string): string {
	return `${file.slice(0, file.lastIndexOf('\n"approvals":'))}\n"approvals":[]\n}\n`;
}

/** The key of the host of every such letter, as server/credential/keyring.ts keeps it. Nothing where the host has one already. */
export async function installHostKey({ config, secretBox }: KeyringDeps): Promise<void> {
	const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), hostSeed]);
	const sealed = b64u(secretBox.seal('keyring', 'host', utf8(JSON.stringify({ key: b64u(pkcs8) }))));
	const document = `${JSON.stringify({ format: 'undersigned keyring 1', sealed })}\n`;
	await createFile(config.keyring, 'host.json', utf8(document));
}

/** @returns the terms, which the same pass over the file finds */
async function insertSignatures(db: Db, { head, file }: SizedLetter): Promise<Terms> {
	let terms: Terms | undefined;
	let rows: ReturnType<typeof rowOf>[] = [];
	const insert = async (): Promise<void> => {
		if (rows.length > 0) await db.insertInto('signatures').values(rows).execute();
		rows = [];
	};
	for await (const line of createInterface({ input: createReadStream(file) })) {
		const document = line.replace(/,$/, '');
		if (line.startsWith('"terms":')) terms = JSON.parse(document.slice('"terms":'.length));
		if (!/^\{"(entry|stub)":/.test(line)) continue;
		rows.push(rowOf(head, JSON.parse(document)));
		if (rows.length === BATCH) await insert();
	}
	await insert();
	if (terms === undefined) throw new Error('There are no terms in this file.');
	return terms;
}

function rowOf({ charter: { letter, text: text_hash } }: SizedLetter['head'], one: { entry: Entry } | { stub: Stub }) {
	if ('stub' in one) {
		const { key, turn, group: group_id, shown, credential, withdrawal } = one.stub;
		return {
			...{ letter, key, turn, group_id, shown, text_hash, credential, status: 'withdrawn' as const },
			...{ statement: null, authenticator: null, attestation: null, sealed: null },
			...{ withdrawal_turn: withdrawal?.turn ?? null, withdrawal: withdrawal?.authenticator ?? null },
		};
	}
	const { statement, authenticator, credential, attestation } = one.entry;
	const { key, turn, group: group_id, shown } = statement;
	return {
		...{ letter, key, turn, group_id, shown, text_hash, credential, status: 'live' as const },
		...{ statement: writeStatement(statement), authenticator, attestation },
		sealed: randomBytes((SEALED / 4) * 3).toString('base64url'),
		...{ withdrawal_turn: null, withdrawal: null },
	};
}
