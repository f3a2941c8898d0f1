/** Vectors of sections 1 to 6 of docs/protocol.md. Bytes are hexadecimal where they are inputs, else as documents have them. */
import { APPROVAL_KINDS, approve, closeSubject } from '../../shared/approval.ts';
import { ATTESTATION_HEADER, attestationPayload, mailboxCommitment } from '../../shared/attestation.ts';
import { b64u, frame, fromB64u, hash, hex, utf8 } from '../../shared/bytes.ts';
import { readTextDocument, shownFingerprint, textHash } from '../../shared/charter.ts';
import { credentialMessage } from '../../shared/credential.ts';
import { strikeSubject } from '../../shared/entry.ts';
import { organizerKeys, signerKeys } from '../../shared/keys.ts';
import { readStatement, signWithdrawal, writeDisplay } from '../../shared/statement.ts';
import { wordsFromSeed } from '../../shared/words.ts';
import type { TestLetter } from './letter.ts';
import { testBytes } from './letter-charter.ts';

export async function frameVectors() {
	const cases = [
		{ tag: 'undersigned/test/1', parts: [] },
		{ tag: 'undersigned/test/1', parts: [''] },
		{ tag: 'undersigned/test/1', parts: ['', ''] },
		{ tag: 'undersigned/test/1', parts: ['00', 'ff00'] },
		{ tag: 'undersigned/test/1', parts: ['00ff', '00'] },
		{ tag: 'undersigned/test/1', parts: [hex(utf8('Żaneta 王'))] },
	];
	return {
		frames: await Promise.all(
			cases.map(async ({ tag, parts }) => {
				const bytes = parts.map((part) =>
					Uint8Array.from(part.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
				);
				return { tag, parts, frame: hex(frame(tag, ...bytes)), hash: hex(await hash(tag, ...bytes)) };
			}),
		),
	};
}

export async function keyVectors({ root }: TestLetter) {
	const signers = [new Uint8Array(16), testBytes('vectors', 'signer', 16)];
	const organizers = [new Uint8Array(32), testBytes('vectors', 'organizer')];
	return {
		root,
		signers: await Promise.all(
			signers.map(async (seed) => ({
				seed: hex(seed),
				words: wordsFromSeed(seed).join(' '),
				key: (await signerKeys(seed, root)).publicKey,
			})),
		),
		organizers: await Promise.all(
			organizers.map(async (seed) => {
				const { key, sealingPublic } = await organizerKeys(seed);
				return { seed: hex(seed), words: wordsFromSeed(seed).join(' '), key, sealing: sealingPublic };
			}),
		),
	};
}

export async function charterVectors({ chain, root, fingerprint, organizers }: TestLetter, releaseHash: string) {
	const digest = b64u(testBytes('vectors', 'digest'));
	const subjects: Record<string, string> = {
		charter: root,
		amendment: fingerprint,
		close: await closeSubject(fingerprint),
		release: releaseHash,
		stop: releaseHash,
		strike: await strikeSubject(digest, 'twice'),
	};
	const [organizer] = organizers;
	if (organizer === undefined) throw new Error('There is no organizer.');
	return {
		texts: await Promise.all(
			chain.texts.map(async (document) => ({
				document,
				title: readTextDocument(document).title,
				textHash: await textHash(document),
			})),
		),
		chain,
		root,
		rootShown: shownFingerprint(root),
		fingerprint,
		strike: { digest, reason: 'twice' },
		organizer: { id: organizer.id, seed: hex(organizer.seed) },
		approvals: await Promise.all(
			APPROVAL_KINDS.flatMap((kind) => subjects[kind] ?? []).map(async (subject, i) => {
				const kind = APPROVAL_KINDS.filter((one) => subjects[one] !== undefined)[i] ?? 'charter';
				return { kind, subject, authenticator: await approve(organizer.secrets.approval, kind, root, subject) };
			}),
		),
	};
}

export async function signatureVectors(letter: TestLetter) {
	const { root, charter } = letter;
	return {
		root,
		signatures: await Promise.all(
			letter.signers.slice(0, 4).map(async ({ seed, keys, opened }) => {
				const { contents, statement, authenticator, credential, attestation } = opened;
				const read = readStatement(statement);
				const group = charter.groups.find((one) => one.id === read.group);
				const { address, addressSalt } = contents;
				const prepared = [fromB64u(credential).subarray(0, 32), credentialMessage(root, read.group, read.key)];
				return {
					seed: hex(seed),
					statement,
					authenticator,
					display: contents.display && writeDisplay(contents.display),
					displaySalt: contents.displaySalt,
					label: contents.label,
					labelSalt: contents.labelSalt,
					credential,
					issuer: group?.issuer,
					preparedMessage: prepared.map(hex).join(''),
					attestation,
					attester: group?.attester,
					attestationHeader: attestation && ATTESTATION_HEADER,
					attestationPayload:
						address &&
						addressSalt &&
						attestationPayload({
							root,
							group: read.group,
							key: read.key,
							mailbox: await mailboxCommitment(address, addressSalt),
						}),
					address,
					addressSalt,
					withdrawal: await signWithdrawal(keys.privateKey, root, keys.publicKey, read.turn + 1),
				};
			}),
		),
	};
}
