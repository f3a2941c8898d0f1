/** `npm run --silent sbom`: prints what this software is made of, as its lockfile says, for tools that read CycloneDX. See docs/dependencies.md. */
import { readFileSync } from 'node:fs';
import { billOfMaterials } from './bill-of-materials.ts';

const lockfile = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
console.log(JSON.stringify(billOfMaterials(lockfile), null, '\t'));
