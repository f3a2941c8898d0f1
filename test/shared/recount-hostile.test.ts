import { beforeAll, describe, expect, test } from 'vitest';
import { entryDigest, stubDigest } from '../../shared/entry.ts';
import { recount } from '../../shared/recount.ts';
import { recountReport } from '../../shared/recount-words.ts';
import { compareDigests, type Release, releaseHash } from '../../shared/release.ts';
import { writeReleaseFile } from '../../shared/release-file.ts';
import { readStatement, signStatement, writeStatement } from '../../shared/statement.ts';
import { expectFault, type FullLetter, fullLetter } from '../support/full-letter.ts';
import { approvalsOf, buildLetter, releaseFiles, type TestLetter } from '../support/letter.ts';
import { twoGroups } from '../support/letter-charter.ts';

let letter: TestLetter;
let made: FullLetter['made'];

beforeAll(async () => {
	({ letter, made } = await fullLetter());
});

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/** Two signed with vouchers. @param limit of these, by the charter */
function limitedLetter(limit: number): Promise<TestLetter> {
	return buildLetter({ groups: twoGroups(limit), signers: ['Ana', 'Ben'].map((name) => ({ group: 1, name })) });
}

/** Changes the release, approves it anew (as M dishonest organizers would), and recounts. */
async function expectRefused(
	change: (release: Release) => unknown,
	code: string,
	place: string | RegExp,
): Promise<void> {
	const release = structuredClone(made.release);
	await change(release);
	for (const one of release.signatures) {
		one.digest = 'entry' in one ? await entryDigest(one.entry) : await stubDigest(one.stub);
	}
	release.signatures.sort((a, b) => compareDigests(a.digest, b.digest));
	const digests = release.signatures.map(({ digest }) => digest);
	release.approvals = await approvalsOf(letter, 'release', await releaseHash(release.chain, release.terms, digests));
	await expectFault(writeReleaseFile(release), code, place);
}

describe('hostile files end soon', () => {
	test('cut off', async () => {
		const { file } = made;
		for (const length of [0, 1, 100, Math.floor(file.length / 2), file.length - 2, file.length - 1]) {
			const cut = file.slice(0, length);
			await expectFault(cut, 'release-form', `line ${lineOf(cut, length)}`);
		}
	});

	test('the table chosen by mistake is said to be no release file', async () => {
		const { fault } = await recount('number,shown,name,title,group,label\n1,anonymous,,,Acme,\n');
		expect(fault).toMatchObject({ code: 'release-form', place: 'line 1' });
		expect(fault?.message).toMatch(/^This is not a release file/);
	});

	test('doubled', async () => {
		const lines = made.file.split('\n').length;
		await expectFault(made.file + made.file, 'release-form', `line ${lines}`);
		await expectFault(`${made.file}\n`, 'release-form', `line ${lines}`);
		await expectFault(`\ufeff${made.file}`, 'release-form', 'line 1');
		await expectFault(made.file.replaceAll('\n', '\r\n'), 'release-form', 'line 1');
	});

	test('a signature doubled, swapped, left out', async () => {
		const lines = made.file.split('\n');
		const first = lines.indexOf('"signatures":[') + 1;
		const place = `line ${first + 2}, signature 2`;
		await expectFault(lines.toSpliced(first, 0, lines[first]!).join('\n'), 'order', place);
		await expectFault(lines.toSpliced(first, 2, lines[first + 1]!, lines[first]!).join('\n'), 'order', place);
		await expectFault(lines.toSpliced(first, 1).join('\n'), 'tally-mismatch', /terms, tally/);
	});

	test('nested a million deep', async () => {
		await expectFault('['.repeat(1_000_000), 'line-too-long', 'line 1');
		const deep = (depth: number) =>
			made.file.replace(/"display":null/, `"display":${'['.repeat(depth)}${']'.repeat(depth)}`);
		await expectFault(deep(1_000_000), 'line-too-long', /line \d+/);
		await expectFault(deep(5_000), 'document-form', /line \d+, signature \d+/);
		const charter = made.file.replace(/"labels":\[/, `"labels":[${'['.repeat(150_000)}${']'.repeat(150_000)}`);
		await expectFault(charter, 'document-too-long', 'charter 1');
		await expectFault(
			made.file.replace(/"labels":\[/, `"labels":[${'['.repeat(90_000)}`),
			'document-form',
			'charter 1',
		);
	});

	test('with a key of 16384 bits, which is never imported', async () => {
		const n = JSON.parse(letter.chain.charters[0]!).groups[0].issuer.n;
		await expectFault(made.file.replaceAll(n, 'w'.repeat(2731)), 'document-form', /charter 1/);
		await expectFault(made.file.replaceAll(n, 'w'.repeat(1024)), 'issuer-key', /charter 1/);
	});

	test('a stream without an end is left', async () => {
		let pieces = 0;
		let closed = false;
		const endless = (async function* () {
			try {
				for (;;) {
					pieces += 1;
					yield ' '.repeat(100_000);
				}
			} finally {
				closed = true;
			}
		})();
		expect((await recount(endless)).fault).toMatchObject({ code: 'line-too-long', place: 'line 1' });
		expect(pieces).toBeLessThan(10);
		expect(closed).toBe(true);
	});

	test('what is no release', async () => {
		await expectFault('', 'release-form', 'line 1');
		await expectFault('{}\n', 'release-form', 'line 1');
		await expectFault('<!doctype html>\n', 'release-form', 'line 1');
	});
});

describe('what M dishonest organizers approve is refused all the same', () => {
	test('a key that counts twice', async () => {
		const again = async (release: Release) => {
			const { keys, opened } = letter.signers[2]!;
			const one = release.signatures.find((one) => 'entry' in one && one.entry.statement.key === keys.publicKey);
			if (one === undefined || !('entry' in one)) throw new Error('There is no such entry.');
			const statement = { ...readStatement(opened.statement), turn: 7 };
			const authenticator = await signStatement(keys.privateKey, writeStatement(statement));
			release.signatures.push({ digest: '', entry: { ...one.entry, statement, authenticator } });
		};
		await expectRefused(again, 'key-twice', /signature \d+/);
	});

	test('tallies other than counted', async () => {
		await expectRefused(
			({ terms }) => Object.assign(terms.tallies[0]!, { named: 9 }),
			'tally-mismatch',
			/tally 1, named/,
		);
		await expectRefused(({ terms }) => terms.tallies.reverse(), 'tally-mismatch', /tally 1/);
		await expectRefused(({ terms }) => terms.tallies.pop(), 'tally-mismatch', /terms/);
		await expectRefused(
			({ terms }) => Object.assign(terms.tallies[0]!, { headcount: null }),
			'tally-mismatch',
			/headcount/,
		);
		await expectRefused(
			({ terms }) => Object.assign(terms.tallies[1]!.credentials, { voucher: 1 }),
			'tally-mismatch',
			/credentials/,
		);
	});

	test('proofs of a kind that the group does not take', async () => {
		for (const [tally, kind] of [
			[0, 'voucher'],
			[1, 'mailbox'],
			[1, 'roster'],
		] as const) {
			await expectRefused(
				({ terms }) => Object.assign(terms.tallies[tally]!.credentials, { [kind]: 1 }),
				'tally-mismatch',
				new RegExp(`tally ${tally + 1}, credentials$`),
			);
		}
	});

	test('more signatures with vouchers than the charter allows; more vouchers than that are the host’s word, and said', async () => {
		const [first, second] = [await limitedLetter(2), await limitedLetter(1)];
		expect((await recount((await releaseFiles(first)).file)).counted).toMatchObject({ beyondLimit: 0 });
		await expectFault((await releaseFiles(second)).file, 'tally-mismatch', /terms, tally 2$/);
		first.facts.issuedCounts = first.facts.issuedCounts.map((one) => ({ ...one, voucher: one.voucher && 3 }));
		const report = await recount((await releaseFiles(first)).file);
		expect(report).toMatchObject({ ok: true, counted: { beyondLimit: 1 } });
		expect(recountReport(report).join('\n')).toContain('The host states more vouchers than the charter allows');
	});

	test('a condition that is not met any more', async () => {
		const isPlain = (one: Release['signatures'][number]) => 'entry' in one && one.entry.statement.condition === null;
		await expectRefused(
			(release) => {
				let out = 0;
				release.signatures = release.signatures.filter((one) => {
					if (!isPlain(one) || !('entry' in one) || one.entry.statement.shown === 'anonymous') return true;
					out += 1;
					return false;
				});
				release.terms.tallies[0]!.named -= out;
				release.signatures = release.signatures.filter((one) => {
					if (!('entry' in one) || one.entry.statement.shown === 'named' || out > 1) return true;
					out += 1;
					release.terms.tallies[0]!.anonymous -= 1;
					return false;
				});
			},
			'condition-unmet',
			/signature \d+/,
		);
	});

	test('a shown label that is not backed, not signed, or another', async () => {
		const labelled = (release: Release) =>
			release.signatures.flatMap((one) => ('entry' in one && one.entry.label !== null ? [one.entry] : []));
		expect(labelled(made.release)).toHaveLength(2);
		await expectRefused(
			(release) => Object.assign(labelled(release)[0]!, { label: 'Sales' }),
			'label-mismatch',
			/signature \d+, label/,
		);
		await expectRefused(
			(release) => Object.assign(labelled(release)[0]!, { label: 'Kings' }),
			'statement-label',
			/signature \d+, label/,
		);
		await expectRefused(
			(release) => Object.assign(labelled(release)[0]!, { labelSalt: null }),
			'entry-mismatch',
			/signature \d+, label/,
		);
	});

	test('an altered name, a missing attestation, a swapped credential', async () => {
		const named = (release: Release) =>
			release.signatures.flatMap((one) => ('entry' in one && one.entry.attestation !== null ? [one.entry] : []));
		await expectRefused(
			(release) => Object.assign(named(release)[0]!.display!, { name: 'Ada' }),
			'display-mismatch',
			/signature \d+, display/,
		);
		await expectRefused(
			(release) => Object.assign(named(release)[0]!, { attestation: null }),
			'attestation-missing',
			/signature \d+/,
		);
		await expectRefused(
			(release) => {
				const [one, other] = named(release);
				one!.attestation = other!.attestation;
			},
			'attestation-invalid',
			/signature \d+/,
		);
		await expectRefused(
			(release) => {
				const [one, other] = named(release);
				one!.credential = other!.credential;
			},
			'credential-invalid',
			/signature \d+/,
		);
	});

	test('stubs with an old withdrawal, another reason, or neither', async () => {
		const stub = (release: Release, kind: 'withdrawal' | 'strike') =>
			release.signatures.flatMap((one) => ('stub' in one && one.stub[kind] !== null ? [one.stub] : []))[0]!;
		await expectRefused(
			(release) => Object.assign(stub(release, 'withdrawal').withdrawal!, { turn: 1 }),
			'turn-too-low',
			/withdrawal/,
		);
		await expectRefused(
			(release) => Object.assign(stub(release, 'withdrawal').withdrawal!, { turn: 3 }),
			'withdrawal-invalid',
			/withdrawal/,
		);
		await expectRefused(
			(release) => Object.assign(stub(release, 'withdrawal'), { withdrawal: null }),
			'entry-mismatch',
			/stub/,
		);
		await expectRefused(
			(release) => Object.assign(stub(release, 'strike').strike!, { reason: 'twice' }),
			'approval-invalid',
			/strike/,
		);
		await expectRefused((release) => stub(release, 'strike').strike!.approvals.pop(), 'approval-missing', /strike/);
	});
});
