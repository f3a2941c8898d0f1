/**
 * An authenticator in software: what a phone or a security key does at WebAuthn (Level 3), for the demo and for tests. It makes
 * discoverable Ed25519 passkeys with user verification and PRF, and answers as `Passkeys` of shared/client/organizer.ts asks.
 * The keys live in memory; nobody is asked for a finger.
 */
import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { Bytes } from '../../shared/bytes.ts';
import { b64u, concat, fromB64u, u32, utf8 } from '../../shared/bytes.ts';
import type { Passkeys } from '../../shared/client/organizer.ts';

interface CreationOptions {
	challenge: string;
	rp: { id: string };
	user: { id: string };
	excludeCredentials?: { id: string }[];
}

interface RequestOptions {
	challenge: string;
	rpId: string;
	allowCredentials?: { id: string }[];
}

interface Kept {
	rpId: string;
	id: string;
	/** The user handle that the site gave at the creation. */
	user: string;
	privateKey: KeyObject;
	/** The secret behind PRF; never leaves the authenticator. */
	prfSecret: Bytes;
	counter: number;
}

export interface SoftwarePasskeyOptions {
	/** False for an authenticator that knows nothing of PRF: the organizer types the words then. */
	prf?: boolean;
	/** False for one that cannot verify the person: sites that require it refuse. */
	verifiesUser?: boolean;
}

const sha256 = (bytes: Uint8Array): Bytes => new Uint8Array(createHash('sha256').update(bytes).digest());

/** WebAuthn's flags: user present, user verified, attested credential data included. */
const flag = { present: 1, verified: 4, attested: 64 };

/** One device of one person. */
export class SoftwarePasskey implements Passkeys {
	readonly #origin: string;
	readonly #options: Required<SoftwarePasskeyOptions>;
	readonly #kept: Kept[] = [];

	/** @param origin of the page that it is used on, such as `http://localhost:3000` */
	constructor(origin: string, options: SoftwarePasskeyOptions = {}) {
		this.#origin = origin;
		this.#options = { prf: true, verifiesUser: true, ...options };
	}

	async create(asked: unknown, salt: Bytes) {
		const { challenge, rp, user, excludeCredentials = [] } = asked as CreationOptions;
		if (excludeCredentials.some(({ id }) => this.#kept.some((kept) => kept.id === id))) {
			throw new Error('This device has a passkey for this account already.');
		}
		const { privateKey, publicKey } = generateKeyPairSync('ed25519');
		const id = b64u(randomBytes(32));
		const kept = { rpId: rp.id, id, user: user.id, privateKey, prfSecret: new Uint8Array(randomBytes(32)), counter: 0 };
		this.#kept.push(kept);
		const raw = fromB64u(String(publicKey.export({ format: 'jwk' }).x), 32);
		const authenticatorData = this.#authenticatorData(kept, attestedData(id, raw));
		const passkey = {
			id,
			rawId: id,
			type: 'public-key',
			response: {
				clientDataJSON: this.#clientData('webauthn.create', challenge),
				attestationObject: b64u(attestationObject(authenticatorData)),
				transports: ['internal'],
			},
			clientExtensionResults: {},
		};
		return { passkey, enabled: this.#options.prf, prf: this.#prf(kept, salt) };
	}

	async get(asked: unknown, salt: Bytes) {
		const { challenge, rpId, allowCredentials } = asked as RequestOptions;
		const mayUse = (id: string) => !allowCredentials?.length || allowCredentials.some((allowed) => allowed.id === id);
		const kept = this.#kept.findLast((one) => one.rpId === rpId && mayUse(one.id));
		if (!kept) throw new Error('This device has no passkey for this site.');
		kept.counter++;
		const authenticatorData = this.#authenticatorData(kept);
		const clientDataJSON = this.#clientData('webauthn.get', challenge);
		const signed = concat(authenticatorData, sha256(fromB64u(clientDataJSON)));
		const passkey = {
			id: kept.id,
			rawId: kept.id,
			type: 'public-key',
			response: {
				clientDataJSON,
				authenticatorData: b64u(authenticatorData),
				signature: b64u(sign(null, signed, kept.privateKey)),
				userHandle: kept.user,
			},
			clientExtensionResults: {},
		};
		return { passkey, prf: this.#prf(kept, salt) };
	}

	async prf(passkeyId: string, salt: Bytes): Promise<Bytes | null> {
		const kept = this.#kept.find(({ id }) => id === passkeyId);
		return kept ? this.#prf(kept, salt) : null;
	}

	/** The browser hashes the site's salt under a prefix of its own; the authenticator MACs that (CTAP 2.2, hmac-secret). */
	#prf({ prfSecret }: Kept, salt: Bytes): Bytes | null {
		if (!this.#options.prf) return null;
		const prefixed = sha256(concat(utf8('WebAuthn PRF\0'), salt));
		return new Uint8Array(createHmac('sha256', prfSecret).update(prefixed).digest());
	}

	#clientData(type: string, challenge: string): string {
		return b64u(utf8(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false })));
	}

	#authenticatorData({ rpId, counter }: Kept, attested?: Bytes): Bytes {
		const verified = this.#options.verifiesUser ? flag.verified : 0;
		const flags = flag.present | verified | (attested ? flag.attested : 0);
		return concat(sha256(utf8(rpId)), new Uint8Array([flags]), u32(counter), attested ?? new Uint8Array(0));
	}
}

/** AAGUID of zeros, the id, and the key as COSE: {kty: OKP, alg: EdDSA, crv: Ed25519, x}. */
function attestedData(id: string, publicKey: Bytes): Bytes {
	const credentialId = fromB64u(id, 32);
	const cose = new Uint8Array([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20]);
	return concat(new Uint8Array(16), new Uint8Array([0, credentialId.length]), credentialId, cose, publicKey);
}

/** CBOR: {fmt: "none", attStmt: {}, authData}. The authenticator data of one creation has less than 256 bytes. */
function attestationObject(authenticatorData: Bytes): Bytes {
	const cborText = (text: string) => concat(new Uint8Array([0x60 + text.length]), utf8(text));
	return concat(
		...[new Uint8Array([0xa3]), cborText('fmt'), cborText('none'), cborText('attStmt'), new Uint8Array([0xa0])],
		...[cborText('authData'), new Uint8Array([0x58, authenticatorData.length]), authenticatorData],
	);
}
