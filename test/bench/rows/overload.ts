/** Far more people than a node can serve, all asking for codes at once: how soon those beyond are told so, and how soon everything is as before once they are gone. */
import type { Bench } from '../bench.ts';
import { row, shown } from '../figures.ts';
import { Host } from '../signing/host.ts';
import { quantile } from './signing.ts';

/** Somebody signs within this, where nothing else is going on. */
const QUIET_DAY = 3;

export const overload: Bench = {
	name: 'overload',
	async measure(stage) {
		const { crowd, flooding } = stage.scale;
		const host = await Host.start(stage);
		const count = 60 + 40 * flooding;
		await host.load.run({ kind: 'prepare', letter: host.letter, count });
		const [node] = await host.nodes(1);
		if (node === undefined) throw new Error('There is no node.');
		const at = { ports: [node.port], origin: host.origin };
		await host.load.run({ kind: 'sign', ...at, from: 0, count: 10, abreast: 1 });
		const quiet = await host.load.run({ kind: 'sign', ...at, from: 10, count: 30, abreast: 1 });
		const usual = quantile(quiet.journeys, 0.99);
		stage.tell(`${crowd} people ask again and again for ${flooding} s`);
		const many = await host.another();
		const flooded = await many.run({
			...{ kind: 'flood', port: node.port, origin: host.origin, letter: host.letter.charter.letter },
			...{ people: crowd, seconds: flooding },
		});
		const { taken, refusals, others, withoutRetryAfter } = flooded;
		const back = await host.load.run({
			...{ kind: 'recover', ...at, from: 40, count: count - 40, abreast: 1, within: usual * QUIET_DAY },
		});
		stage.tell(`${taken} were taken, ${refusals.length} told to come back`);
		if (Object.keys(others).length > 0) throw new Error(`Some were answered otherwise: ${JSON.stringify(others)}`);
		if (withoutRetryAfter > 0) throw new Error('Somebody was not told when to come back.');
		if (refusals.length === 0) throw new Error('Nobody was refused: this was no overload.');
		const told = (part: number, who: string) =>
			row(`${crowd} at once ask for codes: ${who} of those beyond are told so within`, 'ms', {
				...{ value: quantile(refusals, part), reference: quantile(quiet.asks, part) },
				against: `${who} of the answers on a quiet day`,
			});
		return [
			told(0.5, 'half'),
			told(0.99, '99 of 100'),
			row('signing is as quick as before, after their end', 's', {
				...{ value: back.after / 1_000, reference: usual / 1_000 },
				...{ against: `signing on a quiet day, 99 of 100; as before: within ${shown(QUIET_DAY)} times that` },
				promise: { value: { most: 5 } },
			}),
		];
	},
};
