/** The browser's WebAuthn as the organizer's client wants it: PRF with our own salt, its output taken out before anything is posted. */
import { bufferToBase64URLString, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { type Bytes, randomBytes } from '../../shared/bytes.ts';
import type { Passkeys } from '../../shared/client/organizer.ts';

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];
type PrfResults = { prf?: { enabled?: boolean; results?: { first?: BufferSource } } };

/** The library passes extensions to the browser as they are, so the salt goes in as bytes. */
function withPrf<T extends object>(options: T, salt: Bytes): T {
	return { ...options, extensions: { prf: { eval: { first: salt } } } };
}

function output(results: PrfResults): Bytes | null {
	const first = results.prf?.results?.first;
	if (first === undefined) return null;
	return ArrayBuffer.isView(first)
		? new Uint8Array(first.buffer, first.byteOffset, first.byteLength).slice()
		: new Uint8Array(first.slice(0));
}

/** The PRF output never travels. */
function stripped<T extends { id: string; clientExtensionResults: unknown }>(response: T): T {
	return { ...response, clientExtensionResults: {} };
}

export const browserPasskeys: Passkeys = {
	async create(options, salt) {
		const response = await startRegistration({ optionsJSON: withPrf(options as CreationOptions, salt) });
		const results = response.clientExtensionResults as PrfResults;
		return { passkey: stripped(response), prf: output(results), enabled: results.prf?.enabled === true };
	},
	async get(options, salt) {
		const response = await startAuthentication({ optionsJSON: withPrf(options as RequestOptions, salt) });
		return { passkey: stripped(response), prf: output(response.clientExtensionResults as PrfResults) };
	},
	async prf(passkeyId, salt) {
		const optionsJSON: RequestOptions = {
			challenge: bufferToBase64URLString(randomBytes(32).buffer),
			rpId: location.hostname,
			allowCredentials: [{ id: passkeyId, type: 'public-key' }],
			userVerification: 'required',
		};
		const response = await startAuthentication({ optionsJSON: withPrf(optionsJSON, salt) });
		return output(response.clientExtensionResults as PrfResults);
	},
};
