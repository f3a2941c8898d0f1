import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { onTestFinished } from 'vitest';

/** What is answered for a path below the address; undefined where there is nothing. */
export type Folder = (
	path: string,
) => { type: string; body: Uint8Array | AsyncIterable<Uint8Array>; headers?: Record<string, string> } | undefined;

/** A web server that knows nothing of letters: a mirror, as anybody has one. Ends with its test. `missing`: the status of what is not there. */
export async function serveFolder(folder: Folder, missing = 404): Promise<{ address: string; asked: string[] }> {
	const asked: string[] = [];
	const server = createServer(async (request, answer) => {
		const path = new URL(request.url ?? '/', 'http://mirror').pathname.slice(1);
		asked.push(path);
		const found = folder(path);
		if (found === undefined) return void answer.writeHead(missing).end();
		answer.writeHead(200, { 'Content-Type': found.type, ...found.headers });
		if (found.body instanceof Uint8Array) return void answer.end(found.body);
		// Whoever has enough hangs up.
		await pipeline(Readable.from(found.body), answer).catch(() => {});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(
		() =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	);
	return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** What a plain web server knows of types, and no more. */
const types: Record<string, string> = {
	...{
		'.html': 'text/html; charset=utf-8',
		'.css': 'text/css',
		'.js': 'text/javascript',
		'.txt': 'text/plain; charset=utf-8',
	},
	...{ '.json': 'application/json', '.jws': 'application/jose', '.pdf': 'application/pdf', '.png': 'image/png' },
	...{ '.csv': 'text/csv', '.woff2': 'font/woff2' },
};

/** The files of a folder on the disk, and its index. */
export const onDisk =
	(folder: string): Folder =>
	(path) => {
		const file = join(folder, path === '' ? 'index.html' : path);
		if (!existsSync(file) || !statSync(file).isFile()) return undefined;
		return { type: types[extname(file)] ?? 'application/octet-stream', body: readFileSync(file) };
	};
