/** People who are about to sign, with everything that their browsers work out: it is not what a bench of the server measures. */
import { constants, createPrivateKey, createPublicKey, type KeyObject, publicEncrypt, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { person } from '../../../server/command/demo/people.ts';
import { b64u, concat, fromB64u, hex, randomBytes } from '../../../shared/bytes.ts';
import type { Charter } from '../../../shared/charter.ts';
import { credentialMessage } from '../../../shared/credential.ts';
import { signerKeys } from '../../../shared/keys.ts';
import { type Appearance, composeSignature } from '../../../shared/sign.ts';

/** An open letter, and the private key of its first group's issuer as PKCS #8, b64u. */
export interface SigningLetter {
	root: string;
	charter: Charter;
	issuer: string;
}

export interface Prepared {
	address: string;
	/** The body of POST /api/confirmations. */
	ask: string;
	/** The blinded request, and what the server has to answer to it: another answer does not unblind to the credential. */
	request: string;
	blindSignature: string;
	/** Of those who sign by name. */
	attest: { address: string; salt: string; key: string } | null;
	/** The body of POST /api/signatures, around the attestation. */
	signature: [string, string];
}

const signAsync = promisify(sign);
/** In place of what the server attests. */
const ATTESTATION = '"attestation":"?"';

/** Two of three sign by name, as in every letter of these tests. */
export async function preparedSigner(letter: SigningLetter, n: number): Promise<Prepared> {
	const { root, charter } = letter;
	const [group] = charter.groups;
	if (group === undefined) throw new Error('The letter has no group.');
	const keys = await signerKeys(randomBytes(16), root);
	const key = keys.publicKey;
	const { name, title, local } = person(n);
	const address = `${local}.${n}@${group.domains[0]}`;
	const salt = b64u(randomBytes(32));
	const named = n % 3 !== 2;
	const appear: Appearance = named
		? { shown: 'named', name, title, address, addressSalt: salt }
		: { shown: 'anonymous', label: charter.labels[0] ?? null };
	const { credential, request, blindSignature } = await blindly(letter.issuer, credentialMessage(root, group.id, key));
	const composed = await composeSignature({
		...{ charter, root, textHash: charter.text, group: group.id, keys, turn: 1 },
		...{ appear, condition: null, credential, attestation: named ? '?' : null },
	});
	const [before = '', after = ''] = JSON.stringify(composed).split(ATTESTATION);
	return {
		...{ address, request, blindSignature, ask: JSON.stringify({ letter: charter.letter, address }) },
		attest: named ? { address, salt, key } : null,
		signature: [before, after],
	};
}

interface Issuer {
	key: KeyObject;
	public: KeyObject;
	modulus: bigint;
}
const issuers = new Map<string, Issuer>();

function issuerOf(pkcs8: string): Issuer {
	const known = issuers.get(pkcs8);
	if (known) return known;
	const key = createPrivateKey({ key: Buffer.from(fromB64u(pkcs8)), format: 'der', type: 'pkcs8' });
	const open = createPublicKey(key);
	const modulus = number(fromB64u(String(open.export({ format: 'jwk' }).n)));
	const made = { key, public: open, modulus };
	issuers.set(pkcs8, made);
	return made;
}

/**
 * RFC 9474, sections 4.1 and 4.2, backwards: from s, the signature that unblinding leaves. Blinded, it is s^e · r^e, which the issuer answers with s · r. A browser
 * comes to the same request without the private key, and fifty times as slowly.
 */
async function blindly(pkcs8: string, message: Uint8Array) {
	const issuer = issuerOf(pkcs8);
	const randomizer = randomBytes(32);
	const how = { key: issuer.key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
	const signature = await signAsync('sha384', concat(randomizer, message), how);
	const blind = randomBytes(384);
	blind[0] = 0;
	const raised = (bytes: Uint8Array) =>
		number(publicEncrypt({ key: issuer.public, padding: constants.RSA_NO_PADDING }, bytes));
	const times = (a: bigint, b: bigint) => b64u(bytes((a * b) % issuer.modulus));
	return {
		credential: b64u(concat(randomizer, signature)),
		request: times(raised(signature), raised(blind)),
		blindSignature: times(number(signature), number(blind)),
	};
}

const number = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes)}`);
const bytes = (number: bigint): Uint8Array =>
	new Uint8Array(Buffer.from(number.toString(16).padStart(768, '0'), 'hex'));
