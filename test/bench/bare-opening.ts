/** What opening names costs at least: the calls of WebCrypto that it makes, as many of each, in the same browser, with no server, no desk and nothing read or written around them. */
import type { Page } from 'playwright';

/** Of one kind, as `verify Ed25519`: how often it was called, and with how many bytes on average. */
export type Calls = { kind: string; count: number; bytes: number };

const METHODS = ['importKey', 'verify', 'deriveBits', 'decrypt', 'encrypt', 'digest', 'sign'] as const;

/** What `work` asks of this process's WebCrypto. */
export async function callsOf(work: () => Promise<unknown>): Promise<Calls[]> {
	const found = new Map<string, Calls>();
	const { subtle } = crypto;
	for (const method of METHODS) {
		const real = subtle[method] as (...all: unknown[]) => Promise<unknown>;
		const counted = (...all: unknown[]) => {
			const algorithm = method === 'importKey' ? all[2] : all[0];
			const name = typeof algorithm === 'string' ? algorithm : (algorithm as { name: string }).name;
			const data = all.findLast((one) => ArrayBuffer.isView(one) || one instanceof ArrayBuffer);
			const one = found.get(`${method} ${name}`) ?? { kind: `${method} ${name}`, count: 0, bytes: 0 };
			one.bytes = (one.bytes * one.count + ((data as ArrayBuffer | undefined)?.byteLength ?? 0)) / (one.count + 1);
			one.count += 1;
			found.set(one.kind, one);
			return real.apply(subtle, all);
		};
		Object.defineProperty(subtle, method, { configurable: true, value: counted });
	}
	try {
		await work();
	} finally {
		for (const method of METHODS) Reflect.deleteProperty(subtle, method);
	}
	return [...found.values()];
}

/** @param names so many were opened: kinds of which there are fewer are not what opening a name costs. @returns seconds */
export async function bareCalls(page: Page, calls: readonly Calls[], names: number): Promise<number> {
	const many = calls.filter(({ count }) => count >= names).map((one) => ({ ...one, bytes: Math.round(one.bytes) }));
	if (many.length === 0) throw new Error('Nothing was called for each name.');
	return (await page.evaluate(inThePage, many)) / 1000;
}

/** Runs in the page. @returns milliseconds, from when keys and inputs are there to when the last call is answered */
async function inThePage(calls: readonly Calls[]): Promise<number> {
	const { subtle } = crypto;
	const AT_ONCE = 64;
	const bytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
	const pair = async (algorithm: AlgorithmIdentifier, uses: KeyUsage[]) =>
		(await subtle.generateKey(algorithm, true, uses)) as CryptoKeyPair;
	const made = async ({ kind, bytes: length }: Calls): Promise<() => Promise<unknown>> => {
		const [method, name = ''] = kind.split(' ');
		if (kind === 'verify RSA-PSS') {
			const how = { name, hash: 'SHA-384', modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]) };
			const keys = await pair(how, ['sign', 'verify']);
			const data = bytes(length);
			const made = await subtle.sign({ name, saltLength: 48 }, keys.privateKey, data);
			return () => subtle.verify({ name, saltLength: 48 }, keys.publicKey, made, data);
		}
		if (name === 'Ed25519') {
			const keys = await pair({ name }, ['sign', 'verify']);
			const data = bytes(length);
			const made = await subtle.sign(name, keys.privateKey, data);
			const raw = await subtle.exportKey('raw', keys.publicKey);
			if (method === 'importKey') return () => subtle.importKey('raw', raw, name, false, ['verify']);
			if (method === 'verify') return () => subtle.verify(name, keys.publicKey, made, data);
		}
		if (name === 'X25519') {
			const keys = await pair({ name }, ['deriveBits']);
			const raw = await subtle.exportKey('raw', keys.publicKey);
			if (method === 'importKey') return () => subtle.importKey('raw', raw, name, true, []);
			if (method === 'deriveBits')
				return () => subtle.deriveBits({ name, public: keys.publicKey }, keys.privateKey, 256);
		}
		if (name === 'AES-GCM') {
			const raw = bytes(32);
			const key = await subtle.importKey('raw', raw, name, false, ['encrypt', 'decrypt']);
			const how = { name, iv: bytes(12) };
			const sealed = await subtle.encrypt(how, key, bytes(Math.max(0, length - 16)));
			if (method === 'importKey') return () => subtle.importKey('raw', raw, name, false, ['encrypt', 'decrypt']);
			if (method === 'decrypt') return () => subtle.decrypt(how, key, sealed);
		}
		const data = bytes(length);
		if (method === 'digest') return () => subtle.digest(name, data);
		throw new Error(`Nobody said how to call ${kind}.`);
	};
	const kinds = await Promise.all(calls.map(async (one) => ({ ...one, call: await made(one) })));
	// In turn, as each name needs some of each kind.
	const all: (() => Promise<unknown>)[] = [];
	for (let at = 0; at < Math.max(...kinds.map(({ count }) => count)); at++)
		for (const { count, call } of kinds) if (at < count) all.push(call);
	const began = performance.now();
	for (let from = 0; from < all.length; from += AT_ONCE)
		await Promise.all(all.slice(from, from + AT_ONCE).map((call) => call()));
	return performance.now() - began;
}
