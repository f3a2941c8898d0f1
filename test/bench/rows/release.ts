import { bareCryptography } from '../bare-cryptography.ts';
import type { Bench } from '../bench.ts';
import { median, row } from '../figures.ts';

export const release: Bench = {
	name: 'release',
	async measure(stage) {
		const { many } = stage.scale;
		const { file } = await stage.letter(many);
		const bare = () => {
			stage.tell('the bare cryptography of it');
			return bareCryptography(file);
		};
		// Before and after, since a machine is not as quick in every minute.
		const before = await bare();
		const { approved, out } = await stage.released(many);
		const reference = median([before, await bare(), await bare()]);
		const against = 'its signatures verified, nothing else (before, and twice after)';
		const count = many.toLocaleString('en-GB');
		const promise = { ratio: { most: 1.5 } } as const;
		return [
			row(`last approval of ${count}: brought, verified, kept for its minute`, 's', {
				...{ value: approved, reference, against, promise },
			}),
			row(`release of ${count}: from its minute to public`, 's', { value: out, reference, against, promise }),
			row(`release of ${count}: both together`, 's', { value: approved + out, reference, against }),
		];
	},
};
