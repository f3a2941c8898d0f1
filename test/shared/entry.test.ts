import { beforeAll, expect, test } from 'vitest';
import { type Entry, entryDigest, strikeSubject, stubDigest, toStub, writeEntry } from '../../shared/entry.ts';
import { buildLetter, releaseFiles } from '../support/letter.ts';

let entries: Entry[];

beforeAll(async () => {
	const { release } = await releaseFiles(await buildLetter());
	entries = release.signatures.flatMap((one) => ('entry' in one ? [one.entry] : []));
});

test('a stub has the digest of the entry that it stands for, and nothing of its name', async () => {
	for (const entry of entries) {
		const withdrawal = { turn: 2, authenticator: entry.authenticator };
		const stub = await toStub(entry, { withdrawal });
		expect(await stubDigest(stub)).toBe(await entryDigest(entry));
		expect(stub).toMatchObject({ withdrawal, strike: null });
		if (entry.display !== null) expect(JSON.stringify(stub)).not.toContain(entry.display.name);
	}
});

test('every field of an entry is in its digest', async () => {
	const entry = entries.find((one) => one.attestation !== null);
	if (entry === undefined) throw new Error('There is no such entry.');
	const { statement } = entry;
	const other = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`);
	const changed: Entry[] = [
		{ ...entry, authenticator: other(entry.authenticator) },
		{ ...entry, credential: other(entry.credential) },
		{ ...entry, attestation: 'x' },
		{ ...entry, attestation: null },
		{ ...entry, display: { name: 'Ada', title: '' } },
		{ ...entry, displaySalt: other(entry.displaySalt ?? '') },
		{ ...entry, label: 'Sales' },
		{ ...entry, labelSalt: other(statement.label) },
		...(['root', 'text', 'group', 'key', 'label', 'display', 'sealed'] as const).map((field) => ({
			...entry,
			statement: { ...statement, [field]: other(statement[field] ?? '') },
		})),
		{ ...entry, statement: { ...statement, turn: statement.turn + 1 } },
		{ ...entry, statement: { ...statement, condition: { signatures: 7 } } },
	];
	const digests = await Promise.all([entry, ...changed].map((one) => entryDigest(one)));
	expect(new Set(digests).size).toBe(digests.length);
});

test('an entry is written in one order, whatever the order of its fields', () => {
	for (const entry of entries) {
		const reversed = Object.fromEntries(Object.entries(entry).reverse()) as Entry;
		expect(writeEntry(reversed)).toBe(writeEntry(entry));
	}
});

test('a strike is approved together with its reason', async () => {
	const digest = await entryDigest(entries[0]!);
	expect(await strikeSubject(digest, 'twice')).not.toBe(await strikeSubject(digest, 'asked'));
});
