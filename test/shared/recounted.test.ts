import { beforeAll, expect, test } from 'vitest';
import type { CheckedChain } from '../../shared/chain.ts';
import { checkMine, proveMine, type RecountedLetter } from '../../shared/mine.ts';
import { recount } from '../../shared/recount.ts';
import type { VerifiedBatch } from '../../shared/recount-gather.ts';
import { recountedLetter } from '../../shared/recounted.ts';
import { type FullLetter, fullLetter } from '../support/full-letter.ts';

let full: FullLetter;
beforeAll(async () => {
	full = await fullLetter();
});

/** As a page does it. */
async function recounted(file: string): Promise<RecountedLetter> {
	const batches: VerifiedBatch[] = [];
	let chain: CheckedChain | undefined;
	const { fault } = await recount(file, {
		opened: (opened) => {
			chain = opened;
		},
		verified: (batch) => batches.push(batch),
	});
	expect(fault).toBeNull();
	if (chain === undefined) throw new Error('There was no chain.');
	return recountedLetter(chain, batches);
}

test('every signature is found by its digest, as it is printed', async () => {
	const { made, letter } = full;
	const found = await recounted(made.file);
	for (const [at, one] of made.release.signatures.entries()) {
		const { key, group } = 'entry' in one ? one.entry.statement : one.stub;
		expect(await found.find(one.digest)).toEqual({
			...{ number: at + 1, key },
			group: letter.charter.groups.find(({ id }) => id === group)?.name,
			shown: 'entry' in one ? one.entry.statement.shown : one.stub.shown,
			stands: 'entry' in one ? 'listed' : one.stub.strike === null ? 'withdrawn' : 'struck',
			display: 'entry' in one ? one.entry.display : null,
			label: 'entry' in one ? one.entry.label : null,
		});
	}
	for (const nobody of ['A'.repeat(43), `${'_'.repeat(42)}8`]) expect(await found.find(nobody)).toBeNull();
});

test('a signer’s proof is checked against it, also of a signature that was withdrawn or struck', async () => {
	const { made, letter } = full;
	const found = await recounted(made.file);
	const mine = { journalist: 'Ida', challenge: 'a new challenge' };
	const stands = new Set<string>();
	for (const one of made.release.signatures) {
		const key = 'entry' in one ? one.entry.statement.key : one.stub.key;
		const signer = letter.signers.find(({ keys }) => keys.publicKey === key);
		if (signer === undefined) throw new Error('There is no such signer.');
		const proof = await proveMine(signer.keys.privateKey, letter.root, one.digest, mine.journalist, mine.challenge);
		const printed = await checkMine(proof, mine, found);
		expect(printed.key).toBe(key);
		stands.add(printed.stands);
	}
	expect([...stands].sort()).toEqual(['listed', 'struck', 'withdrawn']);
});
