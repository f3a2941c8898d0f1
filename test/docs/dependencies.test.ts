import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');

interface Locked {
	license?: string;
	dev?: boolean;
	hasInstallScript?: boolean;
	integrity?: string;
}

const { dependencies, optionalDependencies }: Record<string, Record<string, string>> = JSON.parse(read('package.json'));
const { packages }: { packages: Record<string, Locked> } = JSON.parse(read('package-lock.json'));
/** Name and licence of each row of docs/dependencies.md that begins with a package. */
const listed = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| ([^|]*?) ?\|/gm)].map(
	([, name = '', licence = '']) => ({ name, licence }),
);

test('docs/dependencies.md names every package that runs, and no other', () => {
	const ours = Object.keys({ ...dependencies, ...optionalDependencies });
	expect(listed.map(({ name }) => name).sort()).toEqual(ours.sort());
	for (const version of Object.values({ ...dependencies, ...optionalDependencies }))
		expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('each has the licence that is said', () => {
	for (const { name, licence } of listed)
		expect([name, packages[`node_modules/${name}`]?.license ?? '']).toEqual([name, licence]);
});

test('none of them, nor of what they bring along, runs a script when it is installed, or goes without a hash', () => {
	const running = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
	expect(running.length).toBeGreaterThan(100);
	expect(running.filter(([, one]) => one.hasInstallScript).map(([path]) => path)).toEqual([]);
	expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
	expect(running.filter(([, one]) => !one.integrity).map(([path]) => path)).toEqual([]);
});
