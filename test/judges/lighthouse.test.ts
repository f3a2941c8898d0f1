/** Lighthouse on the page of a letter, as on a slow phone (its own preset): the median of three. */
import lighthouse from 'lighthouse';
import { chromium } from 'playwright';
import { describe, expect, test } from 'vitest';
import { median } from '../bench/figures.ts';
import { chromiumFlags, chromiumPath } from '../support/chromium.ts';
import { freePort } from '../support/port.ts';
import { letters } from './pages.ts';

const RUNS = 3;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

type Scores = Map<string, { score: number; lost: string[] }>;

describe.each(letters)('the page of a letter of $count', ({ address }) => {
	test('performs with 98 at least, and has 100 in all else', async () => {
		const runs: Scores[] = [];
		for (let run = 0; run < RUNS; run++) runs.push(await judge(address));
		const medians = CATEGORIES.map((name) => [name, median(runs.map((run) => run.get(name)?.score ?? 0))] as const);
		const lost = runs.map((run) => [...run.values()].flatMap((one) => one.lost));
		expect(Object.fromEntries(medians), JSON.stringify(lost, null, '\t')).toEqual({
			...{ performance: expect.toSatisfy((score) => score >= 98), accessibility: 100 },
			...{ 'best-practices': 100, seo: 100 },
		});
	});
});

/** In a browser of its own. Scores from 0 to 100, and what is not all right. */
async function judge(address: string): Promise<Scores> {
	const port = await freePort();
	const args = [...chromiumFlags, `--remote-debugging-port=${port}`];
	const browser = await chromium.launch({ executablePath: chromiumPath(), args, headless: true });
	try {
		const result = await lighthouse(address, {
			port,
			logLevel: 'error',
			onlyCategories: CATEGORIES,
			throttlingMethod: 'simulate',
		});
		if (result === undefined) throw new Error('Lighthouse did not say anything.');
		const { categories, audits, runtimeError } = result.lhr;
		if (runtimeError) throw new Error(runtimeError.message);
		return new Map(
			Object.entries(categories).map(([name, { score, auditRefs }]) => {
				const lost = auditRefs.flatMap(({ id, weight }) => {
					const audit = audits[id];
					return audit && weight > 0 && audit.score !== null && audit.score < 1
						? [`${id} ${audit.score}: ${audit.displayValue ?? audit.title}`]
						: [];
				});
				return [name, { score: Math.round((score ?? 0) * 100), lost }];
			}),
		);
	} finally {
		await browser.close();
	}
}
