import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bareCryptography } from '../bare-cryptography.ts';
import type { Bench } from '../bench.ts';
import { interleaved, row, timed } from '../figures.ts';

const run = promisify(execFile);

export const recountCommand: Bench = {
	name: 'recount-command',
	async measure(stage) {
		const { many } = stage.scale;
		const { file } = await stage.letter(many);
		stage.tell('npm run recount, and the bare cryptography of it');
		const [value = 0, reference = 0] = await interleaved(3, [
			async () => (await timed(() => run(process.execPath, ['server/command/recount.ts', file]))) / 1000,
			() => bareCryptography(file),
		]);
		const promise = { value: { most: 40 }, ratio: { most: 1.5 } } as const;
		const name = `recount of ${many.toLocaleString('en-GB')} on the command line`;
		return [row(name, 's', { value, reference, against: 'its signatures verified, nothing else', promise })];
	},
};
