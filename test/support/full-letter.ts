/** A released letter with everything in it, for tests of the recount. */
import { expect } from 'vitest';
import { type Entry, type StubCause, strikeSubject, toStub } from '../../shared/entry.ts';
import { recount } from '../../shared/recount.ts';
import { writeReleaseFile } from '../../shared/release-file.ts';
import { signWithdrawal } from '../../shared/statement.ts';
import { approvalsOf, buildLetter, releaseFiles, type TestLetter } from './letter.ts';

export type FullLetter = { letter: TestLetter; made: Awaited<ReturnType<typeof releaseFiles>> };

/** An amendment, both kinds of groups, labels, conditions, a withdrawn and a struck signature. */
export async function fullLetter(): Promise<FullLetter> {
	const letter = await buildLetter({
		amendments: 1,
		signers: [
			{ group: 0, name: 'Żaneta Łęcka', title: 'Engineer', condition: { signatures: 8 } },
			{ group: 1, name: '王小明', condition: { named: 3 } },
			{ group: 0, name: 'अनुराधा शर्मा', title: '' },
			{ group: 0, label: 'Engineering' },
			{ group: 0, label: 'Engineering', condition: { named: 1 } },
			{ group: 0, label: 'Design' },
			{ group: 0 },
			{ group: 1, name: 'Withdrawn Later' },
			{ group: 0, name: 'Struck Later' },
			{ group: 1 },
		],
	});
	const made = await releaseFiles(letter);
	const { release } = made;
	for (const [at, one] of release.signatures.entries()) {
		if (!('entry' in one)) continue;
		const cause = await causeOf(letter, one.entry, one.digest);
		if (cause !== null) release.signatures[at] = { digest: one.digest, stub: await toStub(one.entry, cause) };
	}
	made.file = writeReleaseFile(release);
	return { letter, made };
}

async function causeOf(letter: TestLetter, entry: Entry, digest: string): Promise<StubCause | null> {
	const { root } = letter;
	if (entry.display?.name === 'Withdrawn Later') {
		const { privateKey, publicKey } = letter.signers[7]!.keys;
		return { withdrawal: await signWithdrawal(privateKey, root, publicKey, 2) };
	}
	if (entry.display?.name !== 'Struck Later') return null;
	const approvals = await approvalsOf(letter, 'strike', await strikeSubject(digest, 'asked'));
	return { strike: { reason: 'asked', approvals } };
}

/** Recounts, and expects one check to fail with this code, at this place. */
export async function expectFault(file: string, code: string, place: string | RegExp): Promise<void> {
	const { ok, fault, checks } = await recount(file);
	expect(ok).toBe(false);
	expect(fault).toMatchObject({ code });
	expect(fault?.place).toMatch(place);
	expect(checks.filter((check) => check.ok === false)).toHaveLength(1);
}
