/**
 * Whatever nobody but its holder may know is compared in constant time, or looked up in the database by its hash: how long a comparison takes would otherwise say how much of a guess is right.
 * What is public (signatures, keys, digests of what is published) may be compared as it comes.
 */
import { expect, test } from 'vitest';
import { same } from '../../../server/platform/same-bytes.ts';
import { readSources } from '../../support/imports.ts';

/** How secrets are called here, as values and as what is kept of them. */
const secret =
	/(secret|session|cookie|(?<!uni)code|(?<!e)tag|token|mailbox|voucher|invitation|link|answer|spent|password|wrapped|mac)(hash|tag|code)?$/i;
const literal = /^(['"`]|null\b|undefined\b|true\b|false\b|-?\d)/;
const otherWays = /\.equals\(|\.compare\(/;

/** Whether the line compares something that is called like a secret with anything but a constant. */
function comparesSecret(line: string): boolean {
	if (otherWays.test(line)) return true;
	return [...line.matchAll(/[=!]==?(?!=)/g)].some(({ index, 0: sign }) => {
		const before = /(?:typeof )?[\w$.?!]*(?:\([^()]*\))?\)*\s*$/.exec(line.slice(0, index))?.[0].trim() ?? '';
		const after = /^['"`]?[\w$.?!-]*/.exec(line.slice(index + sign.length).trim())?.[0] ?? '';
		if (/['"`]$/.test(line.slice(0, index).trim()) || literal.test(after) || before.startsWith('typeof ')) return false;
		const names = [before.replace(/\(.*$/, ''), before.replace(/\)+$/, ''), after];
		return names.some((name) => secret.test(name.replace(/[!?]+$/, '')));
	});
}

/** By file, what is compared there and is no secret of anybody's. */
const open: Record<string, { line: string; why: string }[]> = {
	'server/config.ts': [{ line: 'beside === secret', why: 'at the start, of the operator’s own' }],
	'server/credential/key-file.ts': [{ line: 'failure.code === code', why: 'of an error of the system' }],
	'server/credential/raw-rsa.ts': [{ line: 'back.equals(message)', why: 'a blind signature, by whoever asked for it' }],
	'server/release/check-file.ts': [{ line: 'start.compare(line', why: 'how lines of a release begin' }],
	'server/release/held.ts': [
		{ line: 'Buffer.compare(a, b)', why: 'hashes of what is to be published' },
		{ line: 'this.#records.compare(wanted', why: 'signers’ public keys, which a release publishes' },
	],
	'server/release/check-release.ts': [{ line: 'credentials.mailbox === row.mailbox', why: 'how many there are' }],
};

test('no secret, tag, code or link is compared but in constant time', () => {
	const found = [...readSources().values()]
		.filter(({ path }) => path.startsWith('server/') && !path.startsWith('server/command/'))
		.flatMap(({ path, code }) =>
			code
				.split('\n')
				.filter(comparesSecret)
				.filter((line) => !open[path]?.some((known) => line.includes(known.line)))
				.map((line) => `${path}: ${line.trim()}`),
		);
	expect(found).toEqual([]);
});

test('what is said to be no secret is still compared where it is said', () => {
	const sources = readSources();
	for (const [path, known] of Object.entries(open))
		for (const { line } of known) expect(sources.get(path)?.code, path).toContain(line);
});

test.each([
	...['if (row.code === given) return', 'return secret.code !== typed;', 'rows.find((one) => one.link === link)'],
	...['a.mailboxTag === tag', 'if (sessionHash(x) == y) {', 'given === row.codeHash', 'x.equals(y)'],
])('this test would find %j', (line) => {
	expect(comparesSecret(line)).toBe(true);
});

test.each([
	...["failure.code === 'ENOENT'", 'link === null ? a : b', 'voucher !== undefined', "typeof code === 'string'"],
	...['const secrets = links.length', 'tags.length === 0', "problem.code === 'not-found'"],
])('and passes over %j', (line) => {
	expect(comparesSecret(line)).toBe(false);
});

test('bytes are the same if all of them are', () => {
	const bytes = (...of: number[]) => new Uint8Array(of);
	expect(same(bytes(1, 2, 3), bytes(1, 2, 3))).toBe(true);
	for (const other of [bytes(1, 2, 4), bytes(0, 2, 3), bytes(1, 2), bytes(), bytes(1, 2, 3, 0)])
		expect(same(bytes(1, 2, 3), other)).toBe(false);
});
