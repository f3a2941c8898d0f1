import { bareCryptography } from '../bare-cryptography.ts';
import type { Bench } from '../bench.ts';
import { row } from '../figures.ts';

export const release: Bench = {
	name: 'release',
	async measure(stage) {
		const { many } = stage.scale;
		const { letter, seconds: value } = await stage.released(many);
		stage.tell('the bare cryptography of it');
		const reference = await bareCryptography(letter.file);
		const promise = { of: 'value', most: 60 } as const;
		const name = `release of ${many.toLocaleString('en-GB')}, from the last approval to public`;
		return [row(name, 's', { value, reference, against: 'its signatures verified, nothing else', promise })];
	},
};
