/** `npm run --silent sbom`: prints what this software is made of, as its lockfile says, for tools that read CycloneDX. See docs/dependencies.md. */
import { readFileSync } from 'node:fs';
import { billOfMaterials } from './bill-of-materials.ts';
import { flagsGiven, told } from './told.ts';

async function bill(): Promise<string> {
	flagsGiven('Usage: npm run --silent sbom > undersigned.cdx.json');
	const lockfile = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
	return JSON.stringify(billOfMaterials(lockfile), null, '\t');
}

await told(bill());
