import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { billOfMaterials, Lockfile } from '../../server/command/bill-of-materials.ts';

const root = resolve(import.meta.dirname, '../..');
const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
	readFileSync(resolve(root, 'package.json'), 'utf8'),
);
const { packages }: Lockfile = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8'));

test('the bill of materials names every package that a host installs, those that tests need as well too, with licence and hash, and what each leads to', () => {
	const printed = execFileSync(process.execPath, [resolve(root, 'server/command/sbom.ts')], { encoding: 'utf8' });
	const bill: ReturnType<typeof billOfMaterials> = JSON.parse(printed);
	const expected = Object.entries(packages).filter(([folder, { dev }]) => folder !== '' && !dev);
	expect(bill.components).toHaveLength(expected.length);
	const refs = bill.components.map((one) => one['bom-ref']);
	for (const [name, version] of Object.entries(dependencies)) expect(refs).toContain(`node_modules/${name}@${version}`);
	for (const { name, hashes } of bill.components) {
		expect([name, hashes]).toEqual([name, [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }]]);
	}
	const licensed = expected.filter(([, { license }]) => license !== undefined).length;
	expect(bill.components.filter(({ licenses }) => licenses.length === 1)).toHaveLength(licensed);
	expect(licensed).toBeGreaterThan(expected.length - 5);
	// Whatever is there is there because of the project, and everything that is pointed to is there.
	const next = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
	const reached = new Set<string>();
	const walk = (ref: string): void => {
		if (reached.has(ref)) return;
		reached.add(ref);
		for (const one of next.get(ref) ?? []) walk(one);
	};
	walk('undersigned');
	expect([...reached].toSorted()).toEqual(['undersigned', ...refs].toSorted());
	// Tools for developers are not.
	expect(refs.filter((ref) => ref.startsWith('node_modules/vitest@'))).toEqual([]);
});
