import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { interleaved, row } from '../figures.ts';
import { inOwnProcess } from '../own-process.ts';

export const card: Bench = {
	name: 'card',
	async measure(stage) {
		const { usual, times } = stage.scale;
		const { file } = await stage.letter(usual);
		stage.tell('the card to share');
		const [value = 0, reference = 0] = await interleaved(times, [
			() => inOwnProcess('card', file, join(stage.folder, 'card.png')),
			() => inOwnProcess('blank-card', file, join(stage.folder, 'blank.png')),
		]);
		return [
			row('card to share', 'ms', { value, reference, against: 'a blank picture of its size by the same renderer' }),
		];
	},
};
