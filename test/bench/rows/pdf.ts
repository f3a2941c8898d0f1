import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { interleaved, row } from '../figures.ts';
import { inOwnProcess } from '../own-process.ts';

export const pdf: Bench = {
	name: 'pdf',
	async measure(stage) {
		const { usual, times } = stage.scale;
		const { file } = await stage.letter(usual);
		const names = readFileSync(file, 'utf8').match(/"display":\{"name"/g)?.length ?? 0;
		stage.tell('the letter as PDF, and as text');
		const [value = 0, reference = 0] = await interleaved(times, [
			() => inOwnProcess('pdf', file, join(stage.folder, 'letter.pdf')),
			() => inOwnProcess('text', file, join(stage.folder, 'letter.txt')),
		]);
		const promise = { value: { most: 2_000 } } as const;
		const against = 'the same letter written as text';
		return [row(`PDF of ${names.toLocaleString('en-GB')} names`, 'ms', { value, reference, against, promise })];
	},
};
