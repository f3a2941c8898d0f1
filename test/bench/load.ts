/**
 * A bounded load over loopback: so many requests, so many connections, one request at a time on each, every answer read to its end. Speaks HTTP/1.1 over plain
 * sockets, since a whole client would cost more than the servers that are measured.
 */
import { connect, type Socket } from 'node:net';

export interface Asked {
	url: string;
	connections: number;
	/** The coding to ask for; `br` where nothing is said. */
	coding?: 'br' | 'identity';
}

export interface Answered {
	/** From the first byte to the last. */
	seconds: number;
	/** Milliseconds of each answer, from the last byte sent to the last byte read. */
	took: number[];
}

export interface Connections {
	/** @throws where one is answered otherwise than with 200 and a Content-Length */
	load(requests: number): Promise<Answered>;
	end(): void;
}

/** They stand until they are ended: what a connection costs is in no figure. */
export async function connections({ url, connections, coding = 'br' }: Asked): Promise<Connections> {
	const { hostname, port, host, pathname } = new URL(url);
	const request = `GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\naccept-encoding: ${coding}\r\n\r\n`;
	const sockets = await Promise.all(Array.from({ length: connections }, () => connected(hostname, Number(port))));
	return {
		async load(requests) {
			let left = requests;
			const took: number[] = [];
			const began = performance.now();
			const ask = async (socket: Socket) => {
				while (left-- > 0) took.push(await answered(socket, request));
			};
			await Promise.all(sockets.map(ask));
			return { seconds: (performance.now() - began) / 1000, took };
		},
		end() {
			for (const socket of sockets) socket.destroy();
		},
	};
}

/** Requests a second, and milliseconds within which 99 of 100 were answered, over all of these loads. */
export function summedUp(loads: readonly Answered[]): { rate: number; p99: number } {
	const took = loads.flatMap((one) => one.took).sort((a, b) => a - b);
	const seconds = loads.reduce((sum, one) => sum + one.seconds, 0);
	return { rate: took.length / seconds, p99: took[Math.ceil(took.length * 0.99) - 1] ?? 0 };
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
