/**
 * `npm run watch-build -- https://letters.example [--clone DIR] [--keep FILE] [--page ADDRESS]…`: looks from outside at what a host serves, and tells whether it is
 * one whole build, that of a clone, and the same as last time. One file without dependencies, so that it can be taken along: Node 24 runs it. See docs/watch.md.
 * Ends with 0 where all is well, 1 where something differs or has changed, 2 where it could not look.
 */
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

const USAGE = `Usage: npm run watch-build -- https://letters.example [--clone DIR] [--keep FILE] [--page ADDRESS]
--clone compares with what is built in DIR, a clone in which you ran: npm ci && npm run build
--keep writes down what was seen, and tells next time what has changed.
--page looks at one more page, such as an invite link or a released letter; may be given several times.`;

/** Pages that handle keys, names and addresses, and those that say what signers should know: the same for everybody. */
const FIXED = ['/v', '/s', '/desk', '/safety', '/questioned'];
/** Pages with what changes by itself: only what runs in them is looked at. */
const CHANGING = ['/', '/letters', '/privacy', '/report'];

/** What a page's policy must hold, so that nothing runs that stands in the page itself or comes from elsewhere. */
const POLICY = ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "require-trusted-types-for 'script'"];

const MOST_BYTES = 30_000_000;

/** What is compared from one look to the next, by path: hashes of files; of pages their policy, and their text where it is fixed. */
type Seen = Record<string, string>;
type Files = Record<string, string>;

class NotSeen extends Error {}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const CHROMIUM =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

/** As Chromium sends them, in its order, for a page that somebody opens and for a program that a page asks for; without those that only say its version once more. */
function headersFor({ host, pathname }: URL): Record<string, string> {
	const first = { host, connection: 'keep-alive' };
	const last = { 'accept-encoding': 'gzip, deflate, br', 'accept-language': 'en' };
	if (/\.[a-z0-9]+$/.test(pathname)) {
		const dest = pathname.endsWith('.js') ? 'script' : 'empty';
		const fetched = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': dest };
		return { ...first, 'user-agent': CHROMIUM, accept: '*/*', ...fetched, ...last };
	}
	return {
		...first,
		'upgrade-insecure-requests': '1',
		'user-agent': CHROMIUM,
		accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
		'sec-fetch-site': 'none',
		'sec-fetch-mode': 'navigate',
		'sec-fetch-user': '?1',
		'sec-fetch-dest': 'document',
		...last,
	};
}

/** @throws where it is packed in a way that nobody asked for, or is larger than anything that is served */
function decoded(bytes: Buffer, coding = 'identity'): Uint8Array {
	const bound = { maxOutputLength: MOST_BYTES };
	if (coding === 'br') return brotliDecompressSync(bytes, bound);
	if (coding === 'gzip') return gunzipSync(bytes, bound);
	if (coding === 'deflate') return inflateSync(bytes, bound);
	if (coding === 'identity') return bytes;
	throw new Error(`Packed as ${coding}.`);
}

/** As a browser asks, so that the answer is the one that browsers get. @throws NotSeen */
async function get(address: URL): Promise<{ bytes: Uint8Array; headers: Headers; status: number }> {
	const ask = address.protocol === 'https:' ? https.get : http.get;
	const asking = { headers: headersFor(address), signal: AbortSignal.timeout(60_000) };
	const chunks: Buffer[] = [];
	let length = 0;
	try {
		const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
			ask(address, asking, resolve).once('error', reject);
		});
		for await (const chunk of answer) {
			length += chunk.length;
			if (length > MOST_BYTES) break;
			chunks.push(chunk);
		}
		// Each that is there twice counts as one with a comma, as for browsers.
		const headers = new Headers(
			Object.entries(answer.headersDistinct).map(([name, all = []]) => [name, all.join(', ')]),
		);
		const bytes = decoded(Buffer.concat(chunks), answer.headers['content-encoding']);
		return { bytes, headers, status: answer.statusCode ?? 0 };
	} catch {
		throw new NotSeen(`${address} did not answer.`);
	}
}

async function getJson(address: URL): Promise<unknown> {
	const { bytes, status } = await get(address);
	if (status !== 200) throw new NotSeen(`${address} answers ${status}.`);
	try {
		return JSON.parse(Buffer.from(bytes).toString());
	} catch {
		throw new NotSeen(`${address} is not JSON.`);
	}
}

/** What the host says that it serves. @throws NotSeen */
async function readBuild(origin: URL): Promise<Files> {
	const address = new URL('/build.json', origin);
	const { format, files } = ((await getJson(address)) ?? {}) as { format?: unknown; files?: unknown };
	const entries = typeof files === 'object' && files !== null ? Object.entries(files) : [];
	const known = entries.every(
		([path, hash]) => /^(published\/)?assets\/[\w.-]+$/.test(path) && /^[0-9a-f]{64}$/.test(String(hash)),
	);
	if (format !== 'undersigned build 1' || entries.length === 0 || !known)
		throw new NotSeen(`${address} is no list of a build that this program knows.`);
	return Object.fromEntries(entries);
}

/** What a clone built, by the same paths. @throws NotSeen */
function readClone(folder: string): Files {
	const files: Files = {};
	for (const place of ['assets', 'published/assets']) {
		const at = join(folder, 'web/dist', place);
		if (!existsSync(at)) throw new NotSeen(`${at} is not there. In that clone, run: npm ci && npm run build`);
		for (const name of readdirSync(at)) files[`${place}/${name}`] = sha256(readFileSync(join(at, name)));
	}
	return files;
}

/** One look at one host. */
class Look {
	/** What differs, in words. */
	readonly wrong: string[] = [];
	readonly seen: Seen = {};
	readonly #origin: URL;
	readonly #build: Files;

	constructor(origin: URL, build: Files) {
		this.#origin = origin;
		this.#build = build;
		Object.assign(this.seen, build);
	}

	/** Each file has the bytes that the list says. Those in letters’ folders are looked at with their pages. */
	async files(): Promise<void> {
		for (const [path, hash] of Object.entries(this.#build)) {
			if (path.startsWith('published/')) continue;
			const { bytes, status } = await get(new URL(`/${path}`, this.#origin));
			if (status !== 200) this.wrong.push(`/${path} answers ${status}, though /build.json names it.`);
			else if (sha256(bytes) !== hash) this.wrong.push(`/${path} is not the file that /build.json names.`);
		}
	}

	/** What is built and served is what a clone built; files of kinds that no page asks for are not served. */
	compare(clone: Files): void {
		const served = new Set(Object.keys(this.#build).map((path) => path.slice(path.lastIndexOf('.'))));
		for (const [path, hash] of Object.entries(this.#build)) {
			if (clone[path] === undefined) this.wrong.push(`/build.json names ${path}, which the clone has not built.`);
			else if (clone[path] !== hash) this.wrong.push(`${path} is another one than the clone built.`);
		}
		for (const path of Object.keys(clone)) {
			if (this.#build[path] === undefined && served.has(path.slice(path.lastIndexOf('.'))))
				this.wrong.push(`The clone built ${path}, which /build.json does not name.`);
		}
	}

	/** Nothing runs in it but programs of the build. @param fixed its text is compared with the last look, too */
	async page(address: URL, { fixed = false } = {}): Promise<void> {
		const { bytes, headers, status } = await get(address);
		const path = address.pathname;
		if (status !== 200) {
			this.wrong.push(`${path} answers ${status}.`);
			return;
		}
		const policy = headers.get('content-security-policy') ?? '';
		const directives = policy.split(';').map((directive) => directive.trim());
		const names = directives.map((directive) => directive.split(' ')[0]);
		const missing = POLICY.filter((needed) => !directives.includes(needed));
		if (missing.length > 0) this.wrong.push(`The policy of ${path} lacks: ${missing.join('; ')}.`);
		if (
			/unsafe|,/.test(policy) ||
			new Set(names).size < names.length ||
			names.some((name) => /^script-src-/.test(name ?? ''))
		)
			this.wrong.push(`The policy of ${path} is not the one that it should be: ${policy}`);
		const text = Buffer.from(bytes).toString();
		await this.#programs(address, text);
		this.seen[`policy of ${path}`] = policy;
		if (fixed) this.seen[`text of ${path}`] = sha256(bytes);
	}

	/** Strict: what does not look just as our pages write it is wrong, whether a browser would run it or not. Data (of `ld+json`, of `words`) runs nowhere. */
	async #programs(address: URL, text: string): Promise<void> {
		const path = address.pathname;
		const begun = [...text.matchAll(/<script/gi)];
		const ours = [...text.matchAll(/<script type="module" src="([^"<>]+)"><\/script>/g)];
		const data = [...text.matchAll(/<script type="application\/(ld\+json"|json" id="words")>[^<]*<\/script>/g)];
		if (begun.length !== ours.length + data.length) this.wrong.push(`In ${path} stands a script of its own.`);
		if (/<(base|iframe|object|embed|frame)\b|http-equiv/i.test(text))
			this.wrong.push(`${path} brings in another page.`);
		for (const [, source = ''] of ours) await this.#program(source, address, path);
	}

	async #program(source: string, base: URL, from: string): Promise<void> {
		const address = URL.parse(source, base.href);
		if (address?.origin !== this.#origin.origin) {
			this.wrong.push(`${from} runs a program from ${address?.host ?? 'what is no address'}.`);
			return;
		}
		const { bytes } = await get(address);
		if (!Object.values(this.#build).includes(sha256(bytes)))
			this.wrong.push(`${from} runs ${address.pathname}, which is not in /build.json.`);
	}

	/** The programs in the folder of a released letter, those too that others start. */
	async letter(folder: URL): Promise<void> {
		const { files } = ((await getJson(new URL('files.json', folder))) ?? {}) as { files?: { path?: unknown }[] };
		for (const { path } of Array.isArray(files) ? files : [])
			if (typeof path === 'string' && path.endsWith('.js')) await this.#program(path, folder, folder.pathname);
	}
}

interface Asked {
	origin: URL;
	pages: URL[];
	clone: string | undefined;
	keep: string | undefined;
}

/** @throws NotSeen with what is wrong with the arguments */
function readArguments(args: string[]): Asked {
	const option = { type: 'string' } as const;
	try {
		const options = { clone: option, keep: option, page: { ...option, multiple: true } } as const;
		const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
		const origin = new URL(positionals[0] ?? '');
		const pages = (values.page ?? []).map((page) => new URL(page, origin));
		if (positionals.length !== 1 || !/^https?:$/.test(origin.protocol)) throw new Error('one address');
		if (pages.some((page) => page.origin !== origin.origin)) throw new Error('pages of that host');
		return { origin: new URL('/', origin), pages, clone: values.clone, keep: values.keep };
	} catch {
		throw new NotSeen(USAGE);
	}
}

/** What was written down at the last look; null where this is the first. Before anything is looked at: a look takes long. @throws NotSeen */
function readKept(keep: string): Seen | null {
	try {
		accessSync(dirname(keep), constants.W_OK);
		const before: unknown = existsSync(keep) ? JSON.parse(readFileSync(keep, 'utf8')) : null;
		if (typeof before === 'object' && !Array.isArray(before)) return before as Seen | null;
	} catch {}
	throw new NotSeen(`${keep} cannot be written, or is no file that this program wrote.`);
}

/** What differs from the last look, in words. */
function changes(before: Seen, seen: Seen): string[] {
	const names = [...new Set([...Object.keys(before), ...Object.keys(seen)])];
	return names.flatMap((name) => {
		if (before[name] === seen[name]) return [];
		const what = before[name] === undefined ? 'is new' : seen[name] === undefined ? 'is gone' : 'has changed';
		return [`Since the last look: ${name} ${what}.`];
	});
}

async function main({ origin, pages, clone, keep }: Asked): Promise<0 | 1> {
	const before = keep === undefined ? null : readKept(keep);
	const look = new Look(origin, await readBuild(origin));
	await look.files();
	for (const path of FIXED) await look.page(new URL(path, origin), { fixed: true });
	for (const page of [...CHANGING.map((path) => new URL(path, origin)), ...pages]) {
		await look.page(page);
		const folder = /^\/letters\/[^/]+\//.exec(page.pathname);
		if (folder) await look.letter(new URL(folder[0], origin));
	}
	if (clone !== undefined) look.compare(readClone(clone));
	const changed = before === null ? null : changes(before, look.seen);
	if (keep !== undefined) {
		writeFileSync(`${keep}.part`, `${JSON.stringify(look.seen, null, '\t')}\n`);
		renameSync(`${keep}.part`, keep);
	}
	const said = [...look.wrong, ...(changed ?? [])];
	for (const line of said) console.log(line);
	if (said.length > 0) return 1;
	const build = sha256(Buffer.from(JSON.stringify(Object.entries(look.seen).sort())));
	const clean = clone === undefined ? 'one whole build' : 'the build of the clone';
	const since = keep === undefined ? '' : changed === null ? ', the first look' : ', as at the last look';
	console.log(`${origin.host} serves ${clean}${since}. What was seen: ${build}`);
	return 0;
}

try {
	process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (failure) {
	if (!(failure instanceof NotSeen)) throw failure;
	console.error(failure.message);
	process.exitCode = 2;
}
