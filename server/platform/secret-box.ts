import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Secret } from './secret.ts';

const nonceLength = 12;
const tagLength = 16;
/** Each signature asks for a few of the same. */
const MOST_DERIVED = 256;

/**
 * Seals what the server keeps under keys derived from the host secret, one for each purpose and context, so that
 * what was sealed for one letter or one use cannot be passed off as another's. Proven by test/server/platform/secret-box.test.ts.
 */
export class SecretBox {
	readonly #hostSecret: Secret;
	/** The last that were derived, by what for. Whoever could read them here could read the host secret. */
	readonly #derived = new Map<string, KeyObject>();

	constructor(hostSecret: Secret) {
		this.#hostSecret = hostSecret;
	}

	/** A 256-bit key for one purpose, for MACs and the like. */
	key(purpose: string, context: string): KeyObject {
		const info = `undersigned ${JSON.stringify([purpose, context])}`;
		const known = this.#derived.get(info);
		if (known !== undefined) return known;
		const key = createSecretKey(Buffer.from(hkdfSync('sha256', this.#hostSecret.reveal(), '', info, 32)));
		if (this.#derived.size >= MOST_DERIVED) this.#derived.clear();
		this.#derived.set(info, key);
		return key;
	}

	seal(purpose: string, context: string, plain: Uint8Array): Uint8Array {
		const nonce = randomBytes(nonceLength);
		const cipher = createCipheriv('aes-256-gcm', this.key(purpose, context), nonce);
		return asBytes(Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
	}

	/** Throws when the bytes were altered, or sealed for another purpose, context or host. */
	open(purpose: string, context: string, sealed: Uint8Array): Uint8Array {
		if (sealed.length < nonceLength + tagLength) throw new Error('sealed bytes are too short');
		const end = sealed.length - tagLength;
		const decipher = createDecipheriv('aes-256-gcm', this.key(purpose, context), sealed.subarray(0, nonceLength));
		decipher.setAuthTag(sealed.subarray(end));
		const plain = decipher.update(sealed.subarray(nonceLength, end));
		// Checks the tag. In this mode nothing is left for the end.
		decipher.final();
		return asBytes(plain);
	}
}

/** The same memory: what is sealed can be a release of hundreds of megabytes. */
const asBytes = ({ buffer, byteOffset, length }: Buffer): Uint8Array => new Uint8Array(buffer, byteOffset, length);
