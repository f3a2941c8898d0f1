import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Page } from 'playwright';

declare const axe: typeof Axe;

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with a page as it stands: rule, element, and what to do. */
export async function findings(page: Page): Promise<string[]> {
	// Through the developer tools, since a page of ours takes no script that is not its own.
	if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
	const { violations } = await page.evaluate(() => axe.run(document));
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
	);
}
