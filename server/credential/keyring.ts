/**
 * The keyring folder: one file a letter with the keys that issue and attest, and the host's own key. They are kept
 * here, under the host secret, and never in the database or its backups: whoever holds a dump cannot test it against a
 * staff list. Several nodes share the folder. Proven by test/server/credential/keyring.test.ts.
 */
import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { b64u, fromB64u, fromUtf8, utf8 } from '../../shared/bytes.ts';
import type { IssuerJwk } from '../../shared/charter.ts';
import { type Ed25519Jwk, toEd25519Jwk } from '../../shared/document.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { createFile, eraseFile, listFiles, readFileNamed, replaceFile, versionOf } from './key-file.ts';
import { ed25519Pair, rsaPair } from './key-pair.ts';

export interface KeyringDeps {
	config: { keyring: string };
	secretBox: SecretBox;
}

export interface GroupKeys {
	/** RSA-3072, plain rsaEncryption. */
	issuer: KeyObject;
	/** Ed25519. */
	attester: KeyObject;
}

export interface LetterKeys {
	/** 256 bits; its one use is keyed hashes in employment/. */
	tagKey: KeyObject;
	groups: ReadonlyMap<string, GroupKeys>;
}

export interface GroupPublicKeys {
	id: string;
	issuer: IssuerJwk;
	attester: Ed25519Jwk;
}

export interface HostKey {
	privateKey: KeyObject;
	/** As the charter names it. */
	jwk: Ed25519Jwk;
}

/** What a letter's file holds once opened: PKCS #8 and raw bytes as base64url. */
interface KeyDocument {
	tagKey: string;
	groups: { id: string; issuer: string; attester: string }[];
}

interface Cached {
	version: string;
	keys: LetterKeys;
}

const letterId = /^[A-Za-z0-9_-]{22}$/;
const hostFile = 'host.json';
/** Keys in memory, by file; a box belongs to one running server, and its cache ends with it. */
const caches = new WeakMap<SecretBox, Map<string, Cached>>();
const hosts = new WeakMap<SecretBox, HostKey>();

const fileOf = (letter: string): string => {
	if (!letterId.test(letter)) throw new RangeError('not the id of a letter');
	return `${letter}.json`;
};

function cacheOf(box: SecretBox): Map<string, Cached> {
	const cache = caches.get(box) ?? new Map<string, Cached>();
	caches.set(box, cache);
	return cache;
}

const privateKeyOf = (der: string): KeyObject =>
	createPrivateKey({ key: Buffer.from(fromB64u(der)), format: 'der', type: 'pkcs8' });

const written = (key: KeyObject): string => b64u(key.export({ format: 'der', type: 'pkcs8' }));

function publicJwk(key: KeyObject): JsonWebKey {
	return createPublicKey(key).export({ format: 'jwk' });
}

function ed25519Jwk(key: KeyObject): Ed25519Jwk {
	return toEd25519Jwk(String(publicJwk(key).x));
}

const sealed = (box: SecretBox, context: string, document: unknown): Uint8Array =>
	utf8(
		`${JSON.stringify({ format: 'undersigned keyring 1', sealed: b64u(box.seal('keyring', context, utf8(JSON.stringify(document)))) })}\n`,
	);

function opened<Document>(box: SecretBox, context: string, bytes: Uint8Array): Document {
	const file: { sealed: string } = JSON.parse(fromUtf8(bytes));
	return JSON.parse(fromUtf8(box.open('keyring', context, fromB64u(file.sealed))));
}

/** Keys in memory only, until keepKeys. */
export interface MadeKeys {
	groups: GroupPublicKeys[];
	document: KeyDocument;
}

/** Fresh keys for every group of a letter. RSA-3072 takes up to a second a group, on another thread; one after the other, since others need those threads. */
export async function makeKeys(groups: readonly string[]): Promise<MadeKeys> {
	const made: { id: string; issuer: KeyObject; attester: KeyObject }[] = [];
	for (const id of groups) made.push({ id, issuer: await rsaPair(), attester: await ed25519Pair() });
	const document: KeyDocument = {
		tagKey: b64u(randomBytes(32)),
		groups: made.map(({ id, issuer, attester }) => ({ id, issuer: written(issuer), attester: written(attester) })),
	};
	const jwks = made.map(({ id, issuer, attester }) => ({
		id,
		issuer: { kty: 'RSA' as const, n: String(publicJwk(issuer).n), e: 'AQAB' },
		attester: ed25519Jwk(attester),
	}));
	return { groups: jwks, document };
}

/** Writes a letter's keys in place of those of an earlier freeze; on the disk before it answers. Only while the letter is locked, and a draft. */
export async function keepKeys(deps: KeyringDeps, letter: string, { document }: MadeKeys): Promise<void> {
	await replaceFile(deps.config.keyring, fileOf(letter), sealed(deps.secretBox, letter, document));
	cacheOf(deps.secretBox).delete(letter);
}

/**
 * The keys of a letter, or null once they are destroyed (or before they are made). The file is looked at on every use, so that what
 * another node destroyed is gone from this one's memory as well. Throws when the file was sealed under another host secret.
 */
export async function loadKeys(deps: KeyringDeps, letter: string): Promise<LetterKeys | null> {
	const file = fileOf(letter);
	const cache = cacheOf(deps.secretBox);
	const version = await versionOf(deps.config.keyring, file);
	const known = cache.get(letter);
	if (version !== null && known?.version === version) return known.keys;
	cache.delete(letter);
	const bytes = version === null ? null : await readFileNamed(deps.config.keyring, file);
	if (version === null || bytes === null) return null;
	const document = opened<KeyDocument>(deps.secretBox, letter, bytes);
	const keys: LetterKeys = {
		tagKey: createSecretKey(fromB64u(document.tagKey, 32)),
		groups: new Map(
			document.groups.map(({ id, issuer, attester }) => [
				id,
				{ issuer: privateKeyOf(issuer), attester: privateKeyOf(attester) },
			]),
		),
	};
	cache.set(letter, { version, keys });
	return keys;
}

/** After it nobody can issue, attest or test a tag for this letter. Overwrites, removes; does nothing the second time. */
export async function destroyKeys(deps: KeyringDeps, letter: string): Promise<void> {
	const file = fileOf(letter);
	cacheOf(deps.secretBox).delete(letter);
	await eraseFile(deps.config.keyring, file);
}

/**
 * Takes keys that another node destroyed out of this one's memory, where nobody asks for them any more once a letter is closed.
 * @returns of how many letters
 */
export async function forgetDestroyedKeys(deps: KeyringDeps): Promise<number> {
	const cache = cacheOf(deps.secretBox);
	let forgotten = 0;
	for (const letter of [...cache.keys()]) {
		if ((await versionOf(deps.config.keyring, fileOf(letter))) !== null) continue;
		cache.delete(letter);
		forgotten += 1;
	}
	return forgotten;
}

/** Every letter that has keys, so that destroying what a crash left behind can be tried again. */
export async function lettersWithKeys(deps: KeyringDeps): Promise<string[]> {
	const files = await listFiles(deps.config.keyring);
	return files.map((file) => file.replace(/\.json$/, '')).filter((letter) => letterId.test(letter));
}

/**
 * Seals every file of the folder under another host secret. Only while no server runs. Called again after a crash, it goes on with those that are left; a file that neither
 * secret opens stops it, and is left as it is. @returns how many files are under the new one now
 */
export async function resealKeys(folder: string, from: SecretBox, to: SecretBox): Promise<number> {
	const files = (await listFiles(folder)).filter((file) => /^[A-Za-z0-9_-]+\.json$/.test(file));
	for (const file of files) {
		const bytes = await readFileNamed(folder, file);
		const context = file === hostFile ? 'host' : file.replace(/\.json$/, '');
		if (bytes === null || opens(to, context, bytes)) continue;
		await replaceFile(folder, file, sealed(to, context, opened(from, context, bytes)));
	}
	return files.length;
}

function opens(box: SecretBox, context: string, bytes: Uint8Array): boolean {
	try {
		return opened(box, context, bytes) !== null;
	} catch {
		return false;
	}
}

/** The key with which this host signs files, made at its first use; of two nodes that start together, both get the same one. */
export async function hostKey(deps: KeyringDeps): Promise<HostKey> {
	const known = hosts.get(deps.secretBox);
	if (known) return known;
	const folder = deps.config.keyring;
	let bytes = await readFileNamed(folder, hostFile);
	if (bytes === null) {
		const fresh = sealed(deps.secretBox, 'host', { key: written(await ed25519Pair()) });
		await createFile(folder, hostFile, fresh);
		bytes = (await readFileNamed(folder, hostFile)) ?? fresh;
	}
	const privateKey = privateKeyOf(opened<{ key: string }>(deps.secretBox, 'host', bytes).key);
	const host = { privateKey, jwk: ed25519Jwk(privateKey) };
	hosts.set(deps.secretBox, host);
	return host;
}
