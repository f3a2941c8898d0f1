/** Another toolkit agrees: the `openssl` command verifies a credential and an authenticator. */
import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { concat, frame, fromB64u, utf8 } from '../../shared/bytes.ts';
import { blindRequest, credentialMessage, finalizeCredential } from '../../shared/credential.ts';
import { toEd25519Jwk } from '../../shared/document.ts';
import { readStatement } from '../../shared/statement.ts';
import { makeLetter, publicRsa, RSA, sign, signBlinded, type TestLetter } from '../support/charter.ts';

const folder = mkdtempSync(join(tmpdir(), 'openssl-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

/** Whether openssl ended well. */
function openssl(...args: string[]): boolean {
	try {
		execFileSync('openssl', args, { stdio: 'pipe' });
		return true;
	} catch {
		return false;
	}
}

let letter: TestLetter;
beforeAll(async () => {
	letter = await makeLetter();
	execFileSync('openssl', ['version']);
});

test('openssl verifies a credential, and refuses it for another key', async () => {
	const { root, mailbox } = letter;
	const { keys } = await sign(letter);
	const issuer = publicRsa(RSA.a);
	const kept = await blindRequest(issuer, root, mailbox.id, keys.publicKey);
	const bytes = fromB64u(await finalizeCredential(issuer, kept, signBlinded(RSA.a, kept.request)), 416);
	const pem = createPublicKey({ key: issuer, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
	const verify = (message: Uint8Array) =>
		openssl(
			'dgst',
			'-sha384',
			'-sigopt',
			'rsa_padding_mode:pss',
			'-sigopt',
			'rsa_pss_saltlen:48',
			'-verify',
			file('issuer.pem', pem),
			'-signature',
			file('signature', bytes.slice(32)),
			file('message', concat(bytes.slice(0, 32), message)),
		);
	expect(verify(credentialMessage(root, mailbox.id, keys.publicKey))).toBe(true);
	const other = await sign(letter);
	expect(verify(credentialMessage(root, mailbox.id, other.keys.publicKey))).toBe(false);
});

test('openssl verifies the authenticator of a statement, and refuses it for another statement', async () => {
	const { request } = await sign(letter);
	const jwk = toEd25519Jwk(readStatement(request.statement).key);
	const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
	const verify = (statement: string) =>
		openssl(
			'pkeyutl',
			'-verify',
			'-rawin',
			'-pubin',
			'-inkey',
			file('signer.pem', pem),
			'-in',
			file('statement', frame('undersigned/statement/1', utf8(statement))),
			'-sigfile',
			file('authenticator', fromB64u(request.authenticator, 64)),
		);
	expect(verify(request.statement)).toBe(true);
	expect(verify(request.statement.replace('"turn":1', '"turn":2'))).toBe(false);
});
