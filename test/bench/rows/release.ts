import { bareCryptography } from '../bare-cryptography.ts';
import type { Bench } from '../bench.ts';
import { row } from '../figures.ts';

export const release: Bench = {
	name: 'release',
	async measure(stage) {
		const { many } = stage.scale;
		const { letter, approved, out } = await stage.released(many);
		stage.tell('the bare cryptography of it');
		const reference = await bareCryptography(letter.file);
		const against = 'its signatures verified, nothing else';
		const count = many.toLocaleString('en-GB');
		const promise = { of: 'ratio', most: 1.5 } as const;
		return [
			row(`last approval of ${count}: brought, verified, kept for its minute`, 's', {
				...{ value: approved, reference, against, promise },
			}),
			row(`release of ${count}: from its minute to public`, 's', { value: out, reference, against, promise }),
			row(`release of ${count}: both together`, 's', { value: approved + out, reference, against }),
		];
	},
};
