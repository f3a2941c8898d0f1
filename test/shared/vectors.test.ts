import { describe, expect, test } from 'vitest';
import { type ApprovalKind, verifyApproval } from '../../shared/approval.ts';
import { mailboxCommitment, verifyAttestation } from '../../shared/attestation.ts';
import { type Bytes, b64u, concat, frame, fromB64u, hash, hex } from '../../shared/bytes.ts';
import { checkChain } from '../../shared/chain.ts';
import { readCharter, shownFingerprint, textHash } from '../../shared/charter.ts';
import { openContribution } from '../../shared/contribution.ts';
import { credentialMessage, importIssuer, verifyCredential } from '../../shared/credential.ts';
import { entryDigest, stubDigest } from '../../shared/entry.ts';
import { organizerKeys, signerKeys } from '../../shared/keys.ts';
import { checkMine, proveMine } from '../../shared/mine.ts';
import { isListed, postSubject, showPosts } from '../../shared/post.ts';
import { recount } from '../../shared/recount.ts';
import { readReleaseFile } from '../../shared/release-file.ts';
import { checkContents, openSealed, openShare, sealedHash } from '../../shared/sealed-name.ts';
import { type Settleable, settle, shownLabels } from '../../shared/settle.ts';
import {
	labelCommitment,
	readStatement,
	signStatement,
	verifyStatement,
	verifyWithdrawal,
} from '../../shared/statement.ts';
import { readUpdates } from '../../shared/updates-file.ts';
import { seedFromWords } from '../../shared/words.ts';
import { type Edit, edited } from '../support/vector-release.ts';
import charterVectors from '../vectors/charter.json' with { type: 'json' };
import entryVectors from '../vectors/entry.json' with { type: 'json' };
import frameVectors from '../vectors/frame-hash.json' with { type: 'json' };
import keyVectors from '../vectors/keys.json' with { type: 'json' };
import mineVectors from '../vectors/mine.json' with { type: 'json' };
import postVectors from '../vectors/posts.json' with { type: 'json' };
import recountVectors from '../vectors/recount.json' with { type: 'json' };
import sealedVectors from '../vectors/sealed.json' with { type: 'json' };
import settleVectors from '../vectors/settle.json' with { type: 'json' };
import signatureVectors from '../vectors/signature.json' with { type: 'json' };

const bytesOf = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

test.each(frameVectors.frames)('frame and hash of $parts', async ({ tag, parts, frame: framed, hash: hashed }) => {
	expect(hex(frame(tag, ...parts.map(bytesOf)))).toBe(framed);
	expect(hex(await hash(tag, ...parts.map(bytesOf)))).toBe(hashed);
});

describe('keys from words', () => {
	test.each(keyVectors.signers)('signer $seed', async ({ seed, words, key }) => {
		expect(hex(seedFromWords(words, 12))).toBe(seed);
		expect((await signerKeys(bytesOf(seed), keyVectors.root)).publicKey).toBe(key);
	});
	test.each(keyVectors.organizers)('organizer $seed', async ({ seed, words, key, sealing }) => {
		expect(hex(seedFromWords(words, 24))).toBe(seed);
		expect(await organizerKeys(bytesOf(seed))).toMatchObject({ key, sealingPublic: sealing });
	});
});

describe('charter', () => {
	const { chain, root, rootShown, fingerprint, texts, approvals, organizer } = charterVectors;
	test('a chain with an amendment', async () => {
		expect(await checkChain(root, chain)).toMatchObject({ root, fingerprint });
		expect(shownFingerprint(root)).toBe(rootShown);
		for (const { document, textHash: expected } of texts) expect(await textHash(document)).toBe(expected);
	});
	test.each(approvals)('approval of $kind', async ({ kind, subject, authenticator }) => {
		const { charter } = await checkChain(root, chain);
		const approval = { organizer: organizer.id, authenticator };
		expect(await verifyApproval(charter.organizers, approval, kind as ApprovalKind, root, subject)).toBe(true);
	});
});

test.each(signatureVectors.signatures)('signature of $seed', async (vector) => {
	const { root } = signatureVectors;
	const statement = readStatement(vector.statement);
	const { group, key } = statement;
	const keys = await signerKeys(bytesOf(vector.seed), root);
	expect(keys.publicKey).toBe(key);
	expect(await signStatement(keys.privateKey, vector.statement)).toBe(vector.authenticator);
	expect(await verifyStatement(vector.statement, statement, vector.authenticator)).toBe(true);
	expect(await labelCommitment(vector.label, vector.labelSalt)).toBe(statement.label);
	if (vector.issuer === undefined || vector.attester === undefined) throw new Error('The vector has no group.');
	const issuer = await importIssuer({ ...vector.issuer, kty: 'RSA' });
	expect(await verifyCredential(issuer, root, group, key, vector.credential)).toBe(true);
	const prepared = concat(fromB64u(vector.credential).subarray(0, 32), credentialMessage(root, group, key));
	expect(hex(prepared)).toBe(vector.preparedMessage);
	expect(await verifyWithdrawal(root, key, vector.withdrawal)).toBe(true);
	if (vector.attestation && vector.address && vector.addressSalt) {
		const { x } = vector.attester;
		const said = await verifyAttestation({ kty: 'OKP', crv: 'Ed25519', x }, vector.attestation, { root, group, key });
		expect(said?.mailbox).toBe(await mailboxCommitment(vector.address, vector.addressSalt));
	}
	if (vector.display !== null) {
		expect(
			b64u(await hash('undersigned/display/1', fromB64u(vector.displaySalt), new TextEncoder().encode(vector.display))),
		).toBe(statement.display);
	}
});

test('a sealed part is opened by any two of three, and a contribution by whom it is for', async () => {
	const { root, key, document, threshold, organizers, shares, contribution } = sealedVectors;
	expect(await sealedHash(document)).toBe(sealedVectors.hash);
	for (const [at, { id, seed }] of organizers.entries()) {
		const { sealing } = await organizerKeys(bytesOf(seed));
		expect(hex(await openShare(document, root, key, id, sealing))).toBe(shares[at]?.share);
		const others = shares
			.filter((_, i) => i !== at)
			.map(({ organizer, share }) => ({ organizer, share: bytesOf(share) }));
		expect(JSON.stringify(await openSealed(document, root, key, others, threshold))).toBe(sealedVectors.contents);
		if (id !== contribution.to) continue;
		const route = { root, from: contribution.from, to: contribution.to };
		const opened = await openContribution(route, sealing, contribution.keysHash, contribution.sealed);
		expect([...opened].map(([of, share]) => [of, hex(share)])).toEqual([[key, contribution.share]]);
	}
	const signed = signatureVectors.signatures[0];
	const attested =
		signed?.address && signed.addressSalt ? await mailboxCommitment(signed.address, signed.addressSalt) : '';
	await checkContents(readStatement(signed?.statement ?? ''), JSON.parse(sealedVectors.contents), {
		mailbox: attested,
	});
});

describe('settling', () => {
	test.each(settleVectors.settle)('conditions %#', ({ smallestCell, signatures, kept }) => {
		const all = signatures as Settleable[];
		expect(settle(all, smallestCell).kept.map((one) => all.indexOf(one))).toEqual(kept);
	});
	test.each(settleVectors.labels)('labels $labels', ({ smallestCell, charter, labels, shown }) => {
		expect([...shownLabels(labels, smallestCell, charter)]).toEqual(shown);
	});
});

test('digests of entries and stubs', async () => {
	for (const { entry, digest } of entryVectors.entries) expect(await entryDigest(JSON.parse(entry))).toBe(digest);
	for (const { stub, digest } of entryVectors.stubs) expect(await stubDigest(JSON.parse(stub))).toBe(digest);
});

describe('recount', () => {
	const file = recountVectors.lines.join('\n');
	test('the release holds', async () => {
		const { ok, counted, root, releaseHash } = await recount(file);
		expect({ ok, counted, root, releaseHash }).toEqual({
			ok: true,
			counted: recountVectors.counted,
			root: recountVectors.root,
			releaseHash: recountVectors.releaseHash,
		});
		expect((await readReleaseFile(file)).signatures).toHaveLength(recountVectors.counted.signatures);
	});
	test.each(recountVectors.broken)('broken: $what', async ({ edit, check, place, code }) => {
		const { fault, checks } = await recount(edited(file, edit as Edit));
		expect(fault).toMatchObject({ place, code });
		expect(checks.find((one) => one.ok === false)?.name).toBe(check);
	});
});

describe('this one is mine', () => {
	const { root, journalist, challenge, proofs } = mineVectors;
	test.each(proofs)('number $number', async ({ seed, number, digest, key, text }) => {
		const { privateKey, publicKey } = await signerKeys(bytesOf(seed), root);
		expect(publicKey).toBe(key);
		expect(await proveMine(privateKey, root, digest, journalist, challenge)).toBe(text);
		const { signatures } = await readReleaseFile(recountVectors.lines.join('\n'));
		expect(signatures[number - 1]?.digest).toBe(digest);
		const found = { number, key, group: '', shown: 'named', stands: 'listed', display: null, label: null } as const;
		const letter = { root, find: async (asked: string) => (asked === digest ? found : null) };
		expect(await checkMine(text, { journalist, challenge }, letter)).toEqual(found);
	});
});

describe('posts', () => {
	const file = postVectors.lines.join('\n');
	const charter = readCharter(postVectors.charter);
	const shown = async (source: string) => showPosts((await readUpdates(source)).posts, charter, postVectors.root);
	test('each document has its subject, and the file what is shown', async () => {
		for (const { document, subject } of postVectors.posts) expect(await postSubject(document)).toBe(subject);
		expect((await shown(file)).map(({ number }) => number)).toEqual(postVectors.shown);
		const { root, posts } = await readUpdates(file);
		expect([root, isListed(posts)]).toEqual([postVectors.root, postVectors.listed]);
	});
	test.each(postVectors.broken)('broken: $what', async ({ edit, place, code }) => {
		await expect(shown(edited(file, edit as Edit))).rejects.toMatchObject({ place, code });
	});
});
