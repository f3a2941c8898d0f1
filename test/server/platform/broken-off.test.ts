import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { inspect } from 'node:util';
import { createBrotliCompress } from 'node:zlib';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, onTestFinished, test, vi } from 'vitest';
import { orBrokenOff } from '../../../server/platform/broken-off.ts';
import { createLog } from '../../../server/platform/log.ts';

async function* pieces() {
	yield Buffer.from('the first half');
	throw new Error('a slice of Ada Lovelace is missing');
}

const toWeb = (from: Readable) => Readable.toWeb(from) as NodeStream as ReadableStream<Uint8Array<ArrayBuffer>>;

/** As answers are sent here: piece by piece, and packed on the way. */
const ways: Record<string, (pieces: AsyncIterable<Buffer>) => ReturnType<typeof toWeb>> = {
	plain: (pieces) => toWeb(Readable.from(pieces)),
	packed: (pieces) => toWeb(Readable.from(pieces).compose(createBrotliCompress())),
};

test.each(Object.keys(ways))(
	'an answer whose source fails half way breaks off, and says nothing of why (%s)',
	async (way) => {
		const said: string[] = [];
		const printed = vi.spyOn(console, 'error').mockImplementation((...all) => void said.push(inspect(all)));
		onTestFinished(() => printed.mockRestore());
		const log = createLog((line) => said.push(line));
		const app = new Hono().get('/', (c) => {
			const body = ways[way]?.(orBrokenOff(log, pieces()));
			return body ? c.body(body) : c.notFound();
		});
		const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
		onTestFinished(() => void server.close());
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const read = async () => {
			const answer = await fetch(`http://127.0.0.1:${port}/`);
			for await (const piece of answer.body ?? []) said.push(Buffer.from(piece).toString());
		};
		await expect(read()).rejects.toThrow();
		expect(said.join('')).toContain('answer broken off');
		expect(said.join('')).not.toContain('Ada Lovelace');
	},
);
