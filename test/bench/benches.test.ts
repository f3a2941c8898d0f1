/** Every bench runs, at a size at which its figures mean nothing, and says what it has to say. */
import { afterAll, describe, expect, test } from 'vitest';
import { benches } from './benches.ts';
import { type Scale, Stage } from './stage.ts';

/** `sealed`: from so many on, the desk has workers open them. */
const tiny: Scale = {
	many: 120,
	usual: 110,
	sealed: 256,
	times: 1,
	requests: 20,
	turn: 0.01,
	signers: 12,
	crowd: 200,
	flooding: 1,
	pace: 0,
};

describe('each bench', () => {
	const told: string[] = [];
	const stage = new Stage(tiny, (what) => told.push(what));
	afterAll(() => stage.close());

	test.each(benches)('$name gives figures beside a reference', async ({ measure }) => {
		told.length = 0;
		const rows = await measure(stage);
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) {
			expect(Object.keys(row)).toEqual(['name', 'value', 'unit', 'reference', 'ratio', 'against', 'promise']);
			expect(row.name).not.toBe('');
			expect(row.against).not.toBe('');
			expect(['s', 'ms', 'MB', 'requests/s', 'signatures/s']).toContain(row.unit);
			for (const figure of [row.value, row.reference]) expect(figure).toBeGreaterThan(0);
			expect(row.ratio).toBeCloseTo(row.value / row.reference, 10);
		}
		expect(told.length).toBeGreaterThan(0);
	});

	test('has a name of its own', () => {
		expect(new Set(benches.map(({ name }) => name)).size).toBe(benches.length);
	});
});
