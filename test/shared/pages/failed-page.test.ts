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
