import { expect, inject, test } from 'vitest';
import { utf8 } from '../../shared/bytes.ts';
import { recount } from '../../shared/recount.ts';
import { buildLetter, releaseFiles } from '../support/letter.ts';

test('a changed byte at every place of a small release file makes the recount fail and name the place', {
	timeout: 120_000,
}, async () => {
	const letter = await buildLetter({
		organizers: 2,
		groups: [{ name: 'Acme', proof: 'mailbox' }],
		labels: ['x'],
		signers: [{ name: 'Żaneta', title: 't' }, { label: 'x' }, { label: 'x' }],
	});
	const { file } = await releaseFiles(letter);
	const bytes = utf8(file);
	// At full scale each bit of each byte; else of every eighth byte the bit that keeps letters letters, the change that is hardest to see.
	const full = inject('scale') === 'full';
	const differences = full ? [1, 2, 4, 8, 16, 32, 64, 128] : [1];
	const missed: string[] = [];
	for (let at = full ? 0 : inject('seed') % 8; at < bytes.length; at += full ? 1 : 8) {
		for (const difference of differences) {
			const changed = bytes.slice();
			changed[at]! ^= difference;
			const { ok, fault } = await recount(once(changed));
			if (ok || !fault?.place) missed.push(`byte ${at}, ${difference}`);
		}
	}
	expect(missed).toEqual([]);
});

async function* once(piece: Uint8Array): AsyncGenerator<Uint8Array> {
	yield piece;
}
