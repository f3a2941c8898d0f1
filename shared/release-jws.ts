/**
 * What the host signs of a release file: its SHA-256 (docs/protocol.md, section 8), as a JWS with detached, unencoded payload
 * (RFC 7515, RFC 7797) in compact form: `header..authenticator`.
 */
import { b64u, utf8 } from './bytes.ts';
import type { Ed25519Jwk } from './document.ts';
import { signBytes, verifyBytes } from './keys.ts';

const HEADER = b64u(utf8('{"alg":"EdDSA","b64":false,"crit":["b64"]}'));

/** @param fileHash SHA-256 of the file, 64 lower-case hexadecimal digits. @returns the text of release.json.jws, without a line end */
export async function signReleaseJws(host: CryptoKey, fileHash: string): Promise<string> {
	return `${HEADER}..${await signBytes(host, utf8(`${HEADER}.${fileHash}`))}`;
}

/** Whether the host of this charter signed this file. One line end after the JWS is passed over. */
export async function verifyReleaseJws(host: Ed25519Jwk, jws: string, fileHash: string): Promise<boolean> {
	const [header, payload, authenticator, ...rest] = jws.replace(/\n$/, '').split('.');
	if (header !== HEADER || payload !== '' || authenticator === undefined || rest.length > 0) return false;
	return await verifyBytes(host.x, authenticator, utf8(`${HEADER}.${fileHash}`));
}
