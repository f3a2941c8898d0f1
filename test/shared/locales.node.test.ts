import { globSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TRANSLATIONS } from '../../shared/locales/spoken.ts';
import { forgottenWords } from '../support/forgotten-words.ts';
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

test('nothing that a signer reads is left out of them', () => {
	const shown = ['web/sign/*.ts', 'web/ui/marked-changes.ts', 'web/api-client.ts'];
	const said =
		'{calendar,held-letter,keep,later,lost-words,own-entry,own-signature,proof,proving,signer,signer-record,signing}';
	const files = globSync([...shown, `shared/client/${said}.ts`]);
	expect(files.length).toBeGreaterThan(40);
	expect(files.flatMap(forgottenWords)).toEqual([]);
});

test('every element of the steps is among those that are drawn in another language', () => {
	const drawn = readFileSync('test/web/sign/every-step.ts', 'utf8');
	const sources = globSync('web/sign/*.ts').map((path) => readFileSync(path, 'utf8'));
	const defined = sources.flatMap((source) => [...source.matchAll(/customElements\.define\('([^']+)'/g)]);
	expect(defined.length).toBeGreaterThan(15);
	expect(defined.map(([, name]) => name).filter((name) => !drawn.includes(`'${name}'`))).toEqual([]);
});
