/**
 * A bounded load over loopback: so many requests, so many connections, one request at a time on each, every answer read to its end. Speaks HTTP/1.1 over plain
 * sockets, since a whole client would cost more than the servers that are measured.
 */
import { connect, type Socket } from 'node:net';

export interface Load {
	url: string;
	requests: number;
	connections: number;
	/** The coding to ask for; `br` where nothing is said. */
	coding?: 'br' | 'identity';
}

export interface Answered {
	/** Requests a second. */
	rate: number;
	/** Milliseconds within which 99 of 100 were answered, each from the last byte sent to the last byte read. */
	p99: number;
}

/** @throws where one is answered otherwise than with 200 and a Content-Length */
export async function load({ url, requests, connections, coding = 'br' }: Load): Promise<Answered> {
	const { hostname, port, host, pathname } = new URL(url);
	const request = `GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\naccept-encoding: ${coding}\r\n\r\n`;
	let left = requests;
	const took: number[] = [];
	const began = performance.now();
	await Promise.all(
		Array.from({ length: connections }, async () => {
			const socket = await connected(hostname, Number(port));
			try {
				while (left-- > 0) took.push(await answered(socket, request));
			} finally {
				socket.destroy();
			}
		}),
	);
	const rate = requests / ((performance.now() - began) / 1000);
	return { rate, p99: took.sort((a, b) => a - b)[Math.ceil(took.length * 0.99) - 1] ?? 0 };
}

const connected = (host: string, port: number): Promise<Socket> =>
	new Promise((resolve, reject) => {
		const socket = connect({ host, port, noDelay: true }, () => resolve(socket)).once('error', reject);
	});

function answered(socket: Socket, request: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const began = performance.now();
		let [wanted, read] = [Number.POSITIVE_INFINITY, 0];
		const end = (failure: Error | null) => {
			socket.off('data', take).off('error', reject).off('close', broken);
			if (failure) reject(failure);
			else resolve(performance.now() - began);
		};
		const broken = () => end(new Error('the connection was closed before the answer was whole'));
		const take = (bytes: Buffer) => {
			read += bytes.length;
			if (wanted === Number.POSITIVE_INFINITY) {
				const [head = ''] = bytes.toString('latin1').split('\r\n\r\n', 1);
				const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
				if (!head.startsWith('HTTP/1.1 200') || length === undefined) return end(new Error(head.split('\r\n', 1)[0]));
				wanted = head.length + 4 + Number(length);
			}
			if (read >= wanted) end(null);
		};
		socket.on('data', take).once('error', reject).once('close', broken);
		socket.write(request);
	});
}
