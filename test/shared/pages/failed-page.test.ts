import { expect, test } from 'vitest';
import { failedPage } from '../../../shared/pages/status-page.ts';

test('a page that may be there the next time leads nowhere else: what stands behind the # of its address would be lost', async () => {
	const page = async (status: number) => String(await failedPage(status, 'Why.', { styles: [], scripts: [] }));
	for (const status of [429, 500, 503]) {
		expect(await page(status)).not.toContain('<a ');
		expect(await page(status)).toContain('Then load this page once more.');
	}
	expect(await page(404)).toContain('href="/"');
});

test('without its style sheet, which an overloaded server may refuse as well, the seal stays small and does not turn black', async () => {
	const page = String(await failedPage(503, 'Why.', { styles: [], scripts: [] }));
	expect(page).toMatch(/<svg class="seal" width="112" height="112" fill="#[0-9a-f]{6}"/);
	for (const [stroke] of page.matchAll(/<[a-z]+ class="stroke"[^>]*>/g)) expect(stroke).toContain('fill="none"');
});
