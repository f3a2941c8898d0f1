import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TRANSLATIONS } from '../../shared/locales/spoken.ts';
import { CATALOGS, catalogFolder, writeCatalog } from '../support/words.ts';

test.each(CATALOGS)(
	'the catalogs of %s hold every text that goes through msg, as `npm run words` writes them',
	async (catalog) => {
		const folder = mkdtempSync(join(tmpdir(), 'words-'));
		await writeCatalog(catalog, folder);
		for (const name of TRANSLATIONS.flatMap((language) => [`${language}.xlf`, `${language}.ts`])) {
			const [kept, found] = [catalogFolder(catalog), folder].map((path) => readFileSync(join(path, name), 'utf8'));
			expect(kept, `${catalog}/${name} is out of date: npm run words`).toBe(found);
		}
	},
	120_000,
);
