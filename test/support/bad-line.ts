/** The line between one browser and the server: a real HTTP proxy, over which chosen requests get lost on the way, or their answers on the way back. */
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `before`: the request never arrives. `after`: it does, and its answer is lost. */
export type Loss = 'before' | 'after';

/** One request, `number` counted from 0; `name` is its method and path, ids left out. */
export type Carried = { number: number; name: string };

export interface BadLine {
	/** For a browser's proxy setting. */
	url: string;
	/** What was asked over it, in order. */
	asked: string[];
	/** While true, nothing arrives. */
	cut: boolean;
	stop(): Promise<void>;
}

/**
 * @param lose whether this request gets lost, asked before it goes on
 * @param lost told before the browser hears of it: at that moment a tab can be killed
 */
export async function startLine(
	lose: (one: Carried) => Loss | null,
	lost: (one: Carried) => Promise<void> = async () => {},
): Promise<BadLine> {
	const asked: string[] = [];
	const proxy = createServer((from, to) => {
		const one = { number: asked.length, name: nameOf(from) };
		asked.push(one.name);
		const loss = line.cut ? 'before' : lose(one);
		const breakOff = () => (line.cut ? from.socket.destroy() : void lost(one).finally(() => from.socket.destroy()));
		if (loss === 'before') breakOff();
		else carry(from, to, loss === 'after' ? breakOff : null);
	});
	// Only HTTP goes over it; a browser that asks for something else has no line at all.
	proxy.on('connect', (_asked, socket) => socket.destroy());
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', () => resolve()));
	const line: BadLine = {
		url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
		...{ asked, cut: false },
		stop: () =>
			new Promise((resolve) => {
				proxy.close(() => resolve());
				proxy.closeAllConnections();
			}),
	};
	return line;
}

const nameOf = ({ method, url = '' }: IncomingMessage): string =>
	`${method} ${new URL(url).pathname.replace(/[A-Za-z0-9_-]{22}(?=\/|$)/, 'ID')}`;

/** @param breakOff in place of the answer, once all of it has come from the server */
function carry(from: IncomingMessage, to: ServerResponse, breakOff: (() => void) | null): void {
	const { method, headers } = from;
	const onwards = request(from.url ?? '', { method, headers: onceOnly(headers), agent: false }, (answer) => {
		if (breakOff) return void answer.resume().on('end', breakOff);
		to.writeHead(answer.statusCode ?? 502, onceOnly(answer.headers));
		answer.pipe(to);
		answer.on('error', () => from.socket.destroy());
	});
	onwards.on('error', () => from.socket.destroy());
	from.pipe(onwards);
}

/** Over a connection that was used before, a browser would send a lost request again by itself, and no page would hear of it. */
const onceOnly = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders => ({ ...headers, connection: 'close' });
