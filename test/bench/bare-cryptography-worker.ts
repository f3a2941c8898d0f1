/** One worker of bare-cryptography.ts: lays out every `of`-th signature, and verifies them when told. docs/protocol.md, sections 4, 5 and 6. */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parentPort, workerData } from 'node:worker_threads';
import { fromB64u, utf8 } from '../../shared/bytes.ts';
import { type Charter, fingerprint, readCharter } from '../../shared/charter.ts';
import { credentialMessage } from '../../shared/credential.ts';
import type { Entry, Stub } from '../../shared/entry.ts';
import { statementBytes, withdrawalBytes } from '../../shared/statement.ts';

interface Item {
	/** A signer's key comes once, so reading it is part of verifying. */
	key: () => KeyObject;
	data: Uint8Array;
	signature: Uint8Array;
	pss: boolean;
}

const { file, at, of }: { file: string; at: number; of: number } = workerData;
const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
const ed25519 = (x: string): KeyObject => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });

/** The keys of a group, read once. */
const groupKeys = ({ groups }: Charter) =>
	new Map(
		groups.map(({ id, issuer, attester }) => [
			id,
			{ issuer: createPublicKey({ key: issuer, format: 'jwk' }), attester: ed25519(attester.x) },
		]),
	);

class Layout {
	readonly items: Item[] = [];
	readonly #root: string;
	readonly #groups: ReturnType<typeof groupKeys>;

	constructor(root: string, charter: Charter) {
		this.#root = root;
		this.#groups = groupKeys(charter);
	}

	add(one: { entry: Entry } | { stub: Stub }): void {
		if ('stub' in one) this.#addStub(one.stub);
		else this.#addEntry(one.entry);
	}

	#addEntry(entry: Entry): void {
		const { statement, authenticator, credential, attestation } = entry;
		this.#addCredential(statement.group, statement.key, credential);
		this.#addEd25519(statement.key, statementBytes(JSON.stringify(statement)), authenticator);
		if (attestation === null) return;
		const end = attestation.lastIndexOf('.');
		const { attester } = this.#group(statement.group);
		const signature = fromB64u(attestation.slice(end + 1));
		this.items.push({ key: () => attester, data: utf8(attestation.slice(0, end)), signature, pss: false });
	}

	#addStub({ key, group, credential, withdrawal }: Stub): void {
		this.#addCredential(group, key, credential);
		if (withdrawal !== null)
			this.#addEd25519(key, withdrawalBytes(this.#root, key, withdrawal.turn), withdrawal.authenticator);
	}

	#addCredential(group: string, key: string, credential: string): void {
		const bytes = fromB64u(credential, 416);
		const { issuer } = this.#group(group);
		const data = Buffer.concat([bytes.subarray(0, 32), credentialMessage(this.#root, group, key)]);
		this.items.push({ key: () => issuer, data, signature: bytes.subarray(32), pss: true });
	}

	#addEd25519(key: string, data: Uint8Array, authenticator: string): void {
		this.items.push({ key: () => ed25519(key), data, signature: fromB64u(authenticator, 64), pss: false });
	}

	#group(id: string) {
		const keys = this.#groups.get(id);
		if (keys === undefined) throw new Error(`There is no group ${id}.`);
		return keys;
	}
}

async function layOut(): Promise<Item[]> {
	let layout: Layout | undefined;
	let before = '';
	let number = 0;
	for await (const line of createInterface({ input: createReadStream(file) })) {
		const document = line.replace(/,$/, '');
		// These letters have one charter: the first is the last.
		if (before === '"charters":[') layout = new Layout(await fingerprint(document), readCharter(document));
		before = line;
		if (/^\{"(entry|stub)":/.test(line) && number++ % of === at) layout?.add(JSON.parse(document));
	}
	return layout?.items ?? [];
}

const items = await layOut();
parentPort?.once('message', () => {
	for (const { key, data, signature, pss } of items) {
		const holds = pss
			? verify('sha384', data, { key: key(), ...padding }, signature)
			: verify(null, data, key(), signature);
		if (!holds) throw new Error('This signature does not hold.');
	}
	parentPort?.postMessage(items.length);
});
parentPort?.postMessage('laid out');
