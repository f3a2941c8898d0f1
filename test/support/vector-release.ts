/** Vectors of sections 6 to 9 of docs/protocol.md: settling, entries, a release file and its recount, and a sealed part. */
import { hex } from '../../shared/bytes.ts';
import { openContribution, sealContribution } from '../../shared/contribution.ts';
import { stubDigest, toStub, writeEntry, writeStub } from '../../shared/entry.ts';
import { proveMine } from '../../shared/mine.ts';
import { recount } from '../../shared/recount.ts';
import type { Release } from '../../shared/release.ts';
import { openSealed, openShare, seal } from '../../shared/sealed-name.ts';
import { type Settleable, settle, shownLabels } from '../../shared/settle.ts';
import type { TestLetter } from './letter.ts';

const named = (condition: Settleable['condition'] = null): Settleable => ({ shown: 'named', group: 'a', condition });
const anonymous = (group: string, condition: Settleable['condition'] = null): Settleable => ({
	shown: 'anonymous',
	group,
	condition,
});

export function settleVectors() {
	const cases: { smallestCell: number; signatures: Settleable[] }[] = [
		{ smallestCell: 2, signatures: [] },
		{ smallestCell: 2, signatures: [named({ signatures: 3 }), named({ signatures: 2 }), named({ signatures: 4 })] },
		{ smallestCell: 2, signatures: [named({ named: 2 }), named({ named: 2 }), anonymous('a')] },
		{ smallestCell: 2, signatures: [named({ signatures: 3 }), anonymous('a'), anonymous('a', { named: 2 })] },
		{
			smallestCell: 3,
			signatures: [named(), ...Array.from({ length: 3 }, () => anonymous('a')), anonymous('b'), anonymous('b')],
		},
		{
			smallestCell: 2,
			signatures: [
				anonymous('a'),
				anonymous('b'),
				named({ signatures: 2 }),
				named({ signatures: 3 }),
				named({ signatures: 4 }),
			],
		},
	];
	const labels = ['Engineering', 'Design', 'Sales'];
	const borne: { smallestCell: number; labels: (string | null)[] }[] = [
		{ smallestCell: 2, labels: [] },
		{ smallestCell: 2, labels: ['Engineering', 'Engineering', 'Design', 'Design', null] },
		{ smallestCell: 2, labels: ['Engineering', 'Engineering', 'Engineering', 'Design', 'Design', 'Sales'] },
		{ smallestCell: 2, labels: ['Design', 'Design', null, null] },
		{ smallestCell: 3, labels: ['Sales', 'Sales', 'Sales', 'Sales', 'Design', 'Design', 'Design', null, null] },
		{ smallestCell: 2, labels: ['Kings', 'Kings', 'Design', 'Design'] },
	];
	return {
		settle: cases.map(({ smallestCell, signatures }) => {
			const { kept } = settle(signatures, smallestCell);
			return { smallestCell, signatures, kept: signatures.flatMap((one, at) => (kept.includes(one) ? [at] : [])) };
		}),
		labels: borne.map((one) => ({
			charter: labels,
			...one,
			shown: [...shownLabels(one.labels, one.smallestCell, labels)],
		})),
	};
}

export async function entryVectors({ signatures }: Release) {
	return {
		entries: await Promise.all(
			signatures
				.flatMap((one) => ('entry' in one ? [one] : []))
				.slice(0, 4)
				.map(async ({ digest, entry }) => {
					const { statementHash, rest } = await toStub(entry, { strike: { reason: 'other', approvals: [] } });
					return { entry: writeEntry(entry), statementHash, rest, digest };
				}),
		),
		stubs: await Promise.all(
			signatures
				.flatMap((one) => ('stub' in one ? [one.stub] : []))
				.map(async (stub) => ({ stub: writeStub(stub), digest: await stubDigest(stub) })),
		),
	};
}

/** Three signers of the release show one journalist that a number is theirs. */
export async function mineVectors({ root, signers }: TestLetter, { signatures }: Release) {
	const agreed = { journalist: 'Żaneta Łęcka, the Post', challenge: '7K2M-Q9XR-0ABC-DEFG' };
	const proofs = signatures.slice(0, 3).map(async (one, at) => {
		const key = 'entry' in one ? one.entry.statement.key : one.stub.key;
		const signer = signers.find(({ keys }) => keys.publicKey === key);
		if (signer === undefined) throw new Error('There is no such signer.');
		const { privateKey } = signer.keys;
		const text = await proveMine(privateKey, root, one.digest, agreed.journalist, agreed.challenge);
		return { seed: hex(signer.seed), number: at + 1, digest: one.digest, key, text };
	});
	return { root, ...agreed, proofs: await Promise.all(proofs) };
}

/** One edit of the file: `from` becomes `to` in line `line` (from 1), or the file is cut to `bytes`, or `text` follows its end. */
export type Edit = { line: number; from: string; to: string } | { bytes: number } | { text: string };

/** The file as another implementation would change it. */
export function edited(file: string, edit: Edit): string {
	if ('bytes' in edit) return file.slice(0, edit.bytes);
	if ('text' in edit) return file + edit.text;
	const lines = file.split('\n');
	lines[edit.line - 1] = (lines[edit.line - 1] ?? '').replace(edit.from, () => edit.to);
	return lines.join('\n');
}

export async function recountVectors({ root }: TestLetter, made: { file: string; jws: string; releaseHash: string }) {
	const { file, jws, releaseHash } = made;
	const report = await recount(file, { jws });
	if (!report.ok) throw new Error(`The release of the vectors does not hold: ${report.fault?.message}`);
	const lines = file.split('\n');
	const at = (start: string) => lines.findIndex((line) => line.startsWith(start)) + 1;
	const first = at('"signatures":[') + 1;
	const withName = lines.findIndex((line) => line.includes('Żaneta')) + 1;
	const stub = at('{"stub":');
	const broken: { what: string; edit: Edit }[] = [
		{ what: 'cut off in a signature', edit: { bytes: file.indexOf('{"entry":') + 100 } },
		{ what: 'cut off before the last line end', edit: { bytes: file.length - 1 } },
		{ what: 'something after the end', edit: { text: '\n' } },
		{ what: 'a blank in a document', edit: { line: withName, from: '"entry":', to: '"entry": ' } },
		{ what: 'a letter of the charter', edit: { line: 3, from: 'Organizer 1', to: 'Organizer I' } },
		{ what: 'the exponent of an issuer', edit: { line: 3, from: '"AQAB"', to: '"AQAD"' } },
		{ what: 'a modulus of 16384 bits', edit: { line: 3, from: '"n":"', to: `"n":"${'A'.repeat(2219)}` } },
		{ what: 'a letter of the text', edit: { line: at('"texts":[') + 1, from: 'We ask', to: 'We bsk' } },
		{ what: 'a letter of a name', edit: { line: withName, from: 'Żaneta', to: 'Zaneta' } },
		{ what: 'no comma after a signature', edit: { line: first, from: '}},', to: '}}' } },
		{
			what: 'the turn of a withdrawal',
			edit: { line: stub, from: '"withdrawal":{"turn":2', to: '"withdrawal":{"turn":3' },
		},
		{ what: 'a count of the tallies', edit: { line: at('"terms":'), from: '"lapsed":0', to: '"lapsed":1' } },
		{
			what: 'a voucher in a group of mailboxes',
			edit: { line: at('"terms":'), from: '"voucher":0', to: '"voucher":1' },
		},
		{ what: 'the time of the release', edit: { line: at('"terms":'), from: '09:00:00Z', to: '09:00:01Z' } },
		{
			what: 'an approval left out',
			edit: { line: at('"approvals":'), from: lines[at('"approvals":') - 1]?.match(/,\{.*\}/)?.[0] ?? '', to: '' },
		},
	];
	return {
		root,
		releaseHash,
		counted: report.counted,
		broken: await Promise.all(
			broken.map(async ({ what, edit }) => {
				const { fault, checks } = await recount(edited(file, edit));
				return {
					what,
					edit,
					check: checks.find((check) => check.ok === false)?.name,
					place: fault?.place,
					code: fault?.code,
				};
			}),
		),
		lines,
	};
}

/** Random: written once. */
export async function sealedVectors(letter: TestLetter) {
	const { root, charter, organizers, signers } = letter;
	const signer = signers[0];
	const [from, to] = organizers;
	if (signer === undefined || from === undefined || to === undefined) throw new Error('This letter is too small.');
	const { contents } = signer.opened;
	const key = signer.keys.publicKey;
	const { document, hash } = await seal(charter, root, key, contents);
	const shares = await Promise.all(
		organizers.map(async ({ id, secrets }) => ({
			organizer: id,
			share: await openShare(document, root, key, id, secrets.sealing),
		})),
	);
	const opened = await openSealed(document, root, key, shares.slice(1), charter.threshold);
	const own = shares[0]?.share;
	if (own === undefined || JSON.stringify(opened) !== JSON.stringify(contents)) throw new Error('It does not open.');
	const route = { root, from: from.id, to: to.id };
	const { keysHash, sealed } = await sealContribution(route, to.secrets.sealingPublic, [{ key, share: own }]);
	await openContribution(route, to.secrets.sealing, keysHash, sealed);
	return {
		about: 'Sealing is random, so this was made once and is opened only.',
		root,
		key,
		threshold: charter.threshold,
		organizers: organizers.map(({ id, seed }) => ({ id, seed: hex(seed) })),
		document,
		hash,
		shares: shares.map(({ organizer, share }) => ({ organizer, share: hex(share) })),
		contents: JSON.stringify(contents),
		contribution: { from: from.id, to: to.id, keys: [key], keysHash, sealed, share: hex(own) },
	};
}
