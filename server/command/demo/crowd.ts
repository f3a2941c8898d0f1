/** The signers of one demo letter: by name and anonymously, by mailbox and by voucher, a few with a condition, a few who change their mind. */

import type { Signer } from '../../../shared/client/signer.ts';
import type { Appearance } from '../../../shared/client/signer-record.ts';
import { signLetter } from '../client/signing.ts';
import type { World } from '../client/world.ts';
import { person } from './people.ts';

export type Crowd = { invite: string; count: number; vouchers: string[] };

/** Named somebody whom the organizers will not believe in. */
export const PRANKSTERS: ReadonlySet<string> = new Set(['The Chairman', 'Mickey M.']);
/** How many sign at the same time: enough to keep a server busy, not so many that it refuses. */
const AT_ONCE = 8;
const LABELS = ['Software engineer', 'Product or programme manager', 'Researcher', 'Operations', null, null];

/** Who signed. `words` are those of the first signer, with which a person can look as them; `leaver` signed by name, and is there to take it off later. */
export type Signed = { words: string; leaver: Signer | null };
/** Neither a prankster, nor with a condition, nor one who changes their mind at once. */
const LEAVER = 2;

/** @param signed is told after each signature */
export async function signAll(world: World, crowd: Crowd, signed: () => void): Promise<Signed> {
	let next = 0;
	let words = '';
	let leaver: Signer | null = null;
	const work = async () => {
		for (let n = next++; n < crowd.count; n = next++) {
			const signer = await signOne(world, crowd, n);
			if (n === 0) words = ((await signer.words()) ?? []).join(' ');
			if (n === LEAVER) leaver = signer;
			signed();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return { words, leaver };
}

async function signOne(world: World, crowd: Crowd, n: number): Promise<Signer> {
	const voucher = crowd.vouchers[crowd.count - 1 - n];
	const address = `${person(n).local}@${n % 5 === 3 ? 'contoso' : 'northwind'}.example`;
	const proof = voucher === undefined ? { address } : { voucher };
	const signer = await signLetter(world, crowd.invite, appearance(n), proof);
	// A few change their mind; the first never does, for its words are printed.
	if (n % 37 === 36) await signer.withdraw();
	return signer;
}

function appearance(n: number): Appearance {
	const { name, title } = person(n);
	const named = n % 9 < 5;
	const prankster = [...PRANKSTERS][n === 10 ? 0 : n === 20 ? 1 : 2];
	if (prankster !== undefined) return { shown: 'named', name: prankster, title: 'Chief executive', condition: null };
	if (!named) return { shown: 'anonymous', label: LABELS[n % LABELS.length] ?? null, condition: null };
	return { shown: 'named', name, title, condition: n % 25 === 1 ? { signatures: 10 } : null };
}
