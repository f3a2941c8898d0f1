import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
	destroyKeys,
	forgetDestroyedKeys,
	hostKey,
	type KeyringDeps,
	lettersWithKeys,
	loadKeys,
} from '../../../server/credential/keyring.ts';
import { Secret } from '../../../server/platform/secret.ts';
import { SecretBox } from '../../../server/platform/secret-box.ts';
import { newId } from '../../../shared/bytes.ts';
import { checkIssuer } from '../../../shared/charter.ts';
import { createKeys } from '../../support/keys.ts';

let keyring: string;
let node: KeyringDeps;
let otherNode: KeyringDeps;

const box = (secret: string) => new SecretBox(new Secret(secret));

beforeEach(async () => {
	keyring = join(await mkdtemp(join(tmpdir(), 'keyring-')), 'keys');
	node = { config: { keyring }, secretBox: box('one host secret') };
	otherNode = { config: { keyring }, secretBox: box('one host secret') };
});

afterEach(() => rm(join(keyring, '..'), { recursive: true }));

test('a letter gets an issuer of exactly RSA-3072 and an attester for each group, and one tag key', async () => {
	const letter = newId();
	const groups = [newId(), newId()];
	const made = await createKeys(node, letter, groups);
	expect(made.map(({ id }) => id)).toEqual(groups);
	for (const { issuer } of made) checkIssuer(issuer);
	const keys = await loadKeys(node, letter);
	expect([...(keys?.groups.keys() ?? [])]).toEqual(groups);
	expect(keys?.groups.get(groups[0]!)?.issuer.asymmetricKeyType).toBe('rsa');
	expect(keys?.tagKey.symmetricKeySize).toBe(32);
	expect(await loadKeys(otherNode, letter)).not.toBeNull();
	expect(await lettersWithKeys(node)).toEqual([letter]);
});

test('files are for the server alone, and say nothing without the host secret', async () => {
	const letter = newId();
	await createKeys(node, letter, [newId()]);
	const path = join(keyring, `${letter}.json`);
	expect((await stat(path)).mode & 0o777).toBe(0o600);
	expect((await stat(keyring)).mode & 0o777).toBe(0o700);
	expect(Object.keys(JSON.parse(await readFile(path, 'utf8')))).toEqual(['format', 'sealed']);
	await expect(loadKeys({ config: { keyring }, secretBox: box('another') }, letter)).rejects.toThrow();
});

test('a file passed off as another letter’s does not open', async () => {
	const letter = newId();
	const victim = newId();
	await createKeys(node, letter, [newId()]);
	await writeFile(join(keyring, `${victim}.json`), await readFile(join(keyring, `${letter}.json`)));
	await expect(loadKeys(node, victim)).rejects.toThrow();
});

test('destroyed keys are gone from every node, whatever it had in memory, and destroying again does nothing', async () => {
	const letter = newId();
	await createKeys(node, letter, [newId()]);
	await loadKeys(node, letter);
	await loadKeys(otherNode, letter);
	await writeFile(join(keyring, `.${letter}.json.0123`), 'what a crash left half-written');
	await destroyKeys(node, letter);
	await destroyKeys(node, letter);
	// The other node forgets them also if nobody asks it for them any more.
	expect(await forgetDestroyedKeys(otherNode)).toBe(1);
	expect(await forgetDestroyedKeys(otherNode)).toBe(0);
	expect(await loadKeys(node, letter)).toBeNull();
	expect(await loadKeys(otherNode, letter)).toBeNull();
	expect(await readdir(keyring)).toEqual([]);
});

test('a second freeze replaces the keys of the first on every node', async () => {
	const letter = newId();
	const group = newId();
	const [first] = await createKeys(node, letter, [group]);
	await loadKeys(otherNode, letter);
	const [second] = await createKeys(node, letter, [group]);
	expect(second?.issuer.n).not.toBe(first?.issuer.n);
	const seen = (await loadKeys(otherNode, letter))?.groups.get(group)?.issuer;
	expect(seen?.export({ format: 'jwk' }).n).toBe(second?.issuer.n);
});

test('two nodes that start together sign with the same host key, and it stays', async () => {
	const [one, other] = await Promise.all([hostKey(node), hostKey(otherNode)]);
	expect(one.jwk).toEqual(other.jwk);
	const restarted = await hostKey({ config: { keyring }, secretBox: box('one host secret') });
	expect(restarted.jwk).toEqual(one.jwk);
	expect(await lettersWithKeys(node)).toEqual([]);
});

test('what is not the id of a letter names no file', async () => {
	await expect(loadKeys(node, '../secrets')).rejects.toThrow(RangeError);
	await expect(loadKeys(node, 'host')).rejects.toThrow(RangeError);
});
