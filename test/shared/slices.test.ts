import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Slices, sortInSlices } from '../../shared/slices.ts';

test('sorts as Array.sort does, and keeps equal ones in their order', async () => {
	const item = fc.record({ by: fc.integer({ min: 0, max: 40 }), id: fc.nat() });
	await fc.assert(
		fc.asyncProperty(fc.array(item, { maxLength: 1_500, size: 'max' }), async (items) => {
			const compare = (a: { by: number }, b: { by: number }) => a.by - b.by;
			expect(await sortInSlices(items, compare, new Slices())).toEqual(items.toSorted(compare));
		}),
		{ numRuns: 30 },
	);
});

test('the page has its turn while a slice is over, and not before', async () => {
	let turns = 0;
	const channel = new MessageChannel();
	channel.port1.onmessage = () => {
		turns += 1;
	};
	const patient = new Slices(60_000);
	channel.port2.postMessage(null);
	for (let i = 0; i < 1_000; i++) await patient.next();
	expect(turns).toBe(0);
	const eager = new Slices(0);
	await eager.next();
	await eager.next();
	expect(turns).toBe(1);
	channel.port1.close();
});
