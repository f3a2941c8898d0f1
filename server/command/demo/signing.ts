/** The signers of one demo letter: by name and anonymously, by mailbox and by voucher, a few with a condition, a few who change their mind. */

import { readInviteLink } from '../../../shared/client/invite-link.ts';
import { memoryKeep } from '../../../shared/client/keep.ts';
import { Signer } from '../../../shared/client/signer.ts';
import type { DevServer } from '../client/dev-server.ts';
import { httpCall } from '../client/http-call.ts';
import { person } from './people.ts';

export type Crowd = { invite: string; count: number; vouchers: string[] };

/** Named somebody whom the organizers will not believe in. */
export const PRANKSTERS: ReadonlySet<string> = new Set(['The Chairman', 'Mickey M.']);
/** How many sign at the same time: enough to keep a server busy, not so many that it refuses. */
const AT_ONCE = 8;
const LABELS = ['Software engineer', 'Product or programme manager', 'Researcher', 'Operations', null, null];

/** @param signed is told after each signature. @returns the words of the first signer, with which a person can look as them */
export async function signAll(server: DevServer, crowd: Crowd, signed: () => void): Promise<string> {
	let next = 0;
	let words = '';
	const work = async () => {
		for (let n = next++; n < crowd.count; n = next++) {
			const signer = await signOne(server, crowd, n);
			if (n === 0) words = ((await signer.words()) ?? []).join(' ');
			signed();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return words;
}

async function signOne(server: DevServer, crowd: Crowd, n: number): Promise<Signer> {
	const at = readInviteLink(crowd.invite);
	if (at === null) throw new Error('This is no invite link.');
	const now = await server.now();
	const signer = new Signer({ call: httpCall(server.origin), keep: memoryKeep(), now: () => now });
	await signer.open(at.link, at.root);
	const who = person(n);
	await signer.appear(appearance(n));
	const voucher = crowd.vouchers[crowd.count - 1 - n];
	if (voucher === undefined) {
		const address = `${who.local}@${n % 5 === 3 ? 'contoso' : 'northwind'}.example`;
		await signer.askForCode(address);
		await signer.proveByCode(await server.code(address));
	} else await signer.proveByVoucher(voucher);
	await signer.sign();
	// A few change their mind; the first never does, for its words are printed.
	if (n % 37 === 36) await signer.withdraw();
	return signer;
}

function appearance(n: number) {
	const { name, title } = person(n);
	const named = n % 9 < 5;
	const prankster = [...PRANKSTERS][n === 10 ? 0 : n === 20 ? 1 : 2];
	if (prankster !== undefined)
		return { shown: 'named' as const, name: prankster, title: 'Chief executive', condition: null };
	if (!named) return { shown: 'anonymous' as const, label: LABELS[n % LABELS.length] ?? null, condition: null };
	return { shown: 'named' as const, name, title, condition: n % 25 === 1 ? { signatures: 10 } : null };
}
