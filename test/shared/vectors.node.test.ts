import { execFile } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frame, fromB64u, utf8 } from '../../shared/bytes.ts';
import { readStatement } from '../../shared/statement.ts';
import { makeVectors } from '../support/make-vectors.ts';
import signatureVectors from '../vectors/signature.json' with { type: 'json' };

const run = promisify(execFile);
const vectors = new URL('../vectors/', import.meta.url);
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'undersigned-'));
});
afterAll(async () => {
	await rm(folder, { recursive: true });
});

test('the vectors are those that the code makes', async () => {
	for (const [name, text] of await makeVectors())
		expect(await readFile(new URL(name, vectors), 'utf8'), name).toBe(text);
});

describe('openssl, a second toolkit', () => {
	async function file(name: string, content: string | Uint8Array): Promise<string> {
		const path = join(folder, name);
		await writeFile(path, content);
		return path;
	}

	test('verifies a credential', async () => {
		const { issuer, credential, preparedMessage } = signatureVectors.signatures[0]!;
		const key = createPublicKey({ key: issuer!, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
		const options = ['-sha384', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:48'];
		const args = [
			...['dgst', ...options, '-verify', await file('issuer.pem', key.toString())],
			...['-signature', await file('credential', fromB64u(credential).subarray(32))],
			await file('message', Buffer.from(preparedMessage, 'hex')),
		];
		expect((await run('openssl', args)).stdout).toContain('Verified OK');
	});

	test('verifies an authenticator', async () => {
		const { statement, authenticator } = signatureVectors.signatures[0]!;
		const jwk = { kty: 'OKP', crv: 'Ed25519', x: readStatement(statement).key };
		const key = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
		const args = [
			...['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', await file('signer.pem', key.toString())],
			...['-in', await file('statement', frame('undersigned/statement/1', utf8(statement)))],
			...['-sigfile', await file('authenticator', fromB64u(authenticator))],
		];
		expect((await run('openssl', args)).stdout).toContain('Verified Successfully');
	});
});

describe('npm run recount', () => {
	const command = new URL('../../server/command/recount.ts', import.meta.url).pathname;
	const release = new URL('release.json', vectors).pathname;
	const recount = (...files: string[]) =>
		run(process.execPath, [command, ...files]).then(
			({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
			({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
		);

	test('a release that holds: 0, a line for each check, what no file can show', async () => {
		const { code, stdout } = await recount(release);
		expect(code).toBe(0);
		expect(stdout.match(/^✓/gm)).toHaveLength(6);
		expect(stdout).toContain('What no file can show:');
	});

	test('one that does not: 1, and the place', async () => {
		const path = join(folder, 'release.json');
		await writeFile(path, (await readFile(release, 'utf8')).replace('Żaneta', 'Żanetb'));
		const { code, stdout } = await recount(path);
		expect(code).toBe(1);
		expect(stdout).toMatch(/^✗ Signatures: line \d+, signature \d+, display: The name is not the one that was signed/m);
	});

	test('no such file, or none named: 1, with what to do', async () => {
		for (const ended of [await recount(join(folder, 'none.json')), await recount()]) {
			expect(ended.code).toBe(1);
			expect(ended.stderr).toContain('Usage: npm run recount -- release.json');
		}
	});
});
