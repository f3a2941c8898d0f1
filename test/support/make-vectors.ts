/**
 * `node test/support/make-vectors.ts` writes test/vectors/*.json again. Everything in them follows from SEED, but for sealed.json: sealing is
 * random, so that file is kept where it is there. test/shared/vectors.node.test.ts holds what is written against what is made.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, hex, utf8 } from '../../shared/bytes.ts';
import { toStub } from '../../shared/entry.ts';
import { writeReleaseFile } from '../../shared/release-file.ts';
import { signReleaseJws } from '../../shared/release-jws.ts';
import { signWithdrawal } from '../../shared/statement.ts';
import { buildLetter, releaseFiles, type TestLetter } from './letter.ts';
import { testBytes } from './letter-charter.ts';
import { signWithSalt } from './pss.ts';
import { charterVectors, frameVectors, keyVectors, signatureVectors } from './vector-parts.ts';
import { postVectors } from './vector-posts.ts';
import { entryVectors, mineVectors, recountVectors, sealedVectors, settleVectors } from './vector-release.ts';

const SEED = 'undersigned vectors';
const FOLDER = new URL('../vectors/', import.meta.url);

/** Three organizers, two groups, an amendment; six names, four anonymous, conditions, a label; one withdrawn after the approval. */
async function vectorLetter(): Promise<TestLetter> {
	return await buildLetter({
		seed: SEED,
		amendments: 1,
		issue: async (group: number, prepared: Bytes) => signWithSalt(group, prepared, testBytes(SEED, hex(prepared), 48)),
		signers: [
			{ group: 0, name: 'Żaneta Łęcka', title: 'Engineer', condition: { signatures: 7 } },
			{ group: 1, name: '王小明', condition: { named: 3 } },
			{ group: 0, name: 'محمد "Mo" الفارسي', title: '' },
			{ group: 0, label: 'Engineering', turn: 3 },
			{ group: 0, label: 'Engineering' },
			{ group: 0 },
			{ group: 0, label: 'Design' },
			{ group: 1, name: 'Withdrawn Later' },
		],
	});
}

/** Texts of the files by name. */
export async function makeVectors(): Promise<Map<string, string>> {
	const letter = await vectorLetter();
	const made = await releaseFiles(letter);
	const gone = letter.signers.at(-1);
	if (gone === undefined) throw new Error('There is no signer.');
	for (const [at, one] of made.release.signatures.entries()) {
		if (!('entry' in one) || one.entry.statement.key !== gone.keys.publicKey) continue;
		const withdrawal = await signWithdrawal(gone.keys.privateKey, letter.root, gone.keys.publicKey, 2);
		made.release.signatures[at] = { digest: one.digest, stub: await toStub(one.entry, { withdrawal }) };
	}
	const file = writeReleaseFile(made.release);
	const jws = await signReleaseJws(letter.host.privateKey, hex(sha256(utf8(file))));
	const files = new Map<string, unknown>([
		['frame-hash.json', await frameVectors()],
		['keys.json', await keyVectors(letter)],
		['charter.json', await charterVectors(letter, made.composed.releaseHash)],
		['signature.json', await signatureVectors(letter)],
		['settle.json', settleVectors()],
		['entry.json', await entryVectors(made.release)],
		['mine.json', await mineVectors(letter, made.release)],
		['posts.json', await postVectors(letter)],
		['recount.json', await recountVectors(letter, { file, jws, releaseHash: made.composed.releaseHash })],
	]);
	const texts = new Map(
		[...files].map(([name, vectors]) => [name, `${JSON.stringify({ seed: SEED, ...Object(vectors) }, null, '\t')}\n`]),
	);
	texts.set('release.json', file).set('release.json.jws', jws);
	return texts;
}

async function main(): Promise<void> {
	for (const [name, text] of await makeVectors()) await writeFile(new URL(name, FOLDER), text);
	const sealed = new URL('sealed.json', FOLDER);
	const there = await readFile(sealed, 'utf8').catch(() => null);
	if (there === null)
		await writeFile(sealed, `${JSON.stringify(await sealedVectors(await vectorLetter()), null, '\t')}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
