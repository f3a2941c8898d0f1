/** Proof of work in front of mails: what it takes a device, and what the server. */
import { randomBytes } from 'node:crypto';
import { readConfig } from '../../../server/config.ts';
import { Work } from '../../../server/employment/work.ts';
import { alone } from '../../../server/platform/between-nodes.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { Secret } from '../../../server/platform/secret.ts';
import { SecretBox } from '../../../server/platform/secret-box.ts';
import { solveWork } from '../../../shared/client/work.ts';
import type { Bench } from '../bench.ts';
import { median, row, timed } from '../figures.ts';

export const work: Bench = {
	name: 'work',
	async measure(stage) {
		stage.tell('proof of work, solved and verified');
		const secretBox = new SecretBox(new Secret(randomBytes(32).toString('hex')));
		// From the second on everybody works. There is one node.
		const config = readConfig({ PROOF_OF_WORK_FROM: '1' });
		const server = new Work({ clock: systemClock, secretBox, config, between: alone });
		await server.require(undefined);
		const [made, solved, verified]: [number[], number[], number[]] = [[], [], []];
		for (let time = 0; time < stage.scale.times; time++) {
			let challenge = await server.challenge();
			made.push(
				await timed(async () => {
					challenge = await server.challenge();
				}),
			);
			let solution: string | null = null;
			solved.push(
				await timed(async () => {
					solution = await solveWork(challenge);
				}),
			);
			verified.push(await timed(() => server.require(solution ?? undefined)));
		}
		const against = 'what it takes the server to verify it';
		return [
			row('proof of work: solving one', 'ms', { value: median(solved), reference: median(verified), against }),
			row('proof of work: making one to be solved', 'ms', {
				value: median(made),
				reference: median(verified),
				against,
			}),
		];
	},
};
