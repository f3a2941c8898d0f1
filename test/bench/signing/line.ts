/** One connection of a load: HTTP/1.1 over a plain socket that is kept, one request at a time. */
import { connect, type Socket } from 'node:net';

export interface Heard {
	status: number;
	/** Of the headers: seconds, or null. */
	retryAfter: number | null;
	body: string;
}

export class Line {
	readonly #socket: Socket;

	private constructor(socket: Socket) {
		this.#socket = socket;
		socket.on('error', () => {});
	}

	static to(port: number): Promise<Line> {
		return new Promise((resolve, reject) => {
			const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => {
				socket.off('error', reject);
				resolve(new Line(socket));
			}).once('error', reject);
		});
	}

	close(): void {
		this.#socket.destroy();
	}

	/** @param head the request up to its empty line. @throws where the connection ends before the answer does, or no Content-Length says where it ends */
	ask(head: string, body = ''): Promise<Heard> {
		const socket = this.#socket;
		return new Promise((resolve, reject) => {
			let read = '';
			let end = Number.POSITIVE_INFINITY;
			let begin = 0;
			const leave = () => socket.off('data', take).off('close', broken);
			const broken = () => {
				leave();
				reject(new Error('the connection was closed before the answer was whole'));
			};
			const take = (bytes: Buffer) => {
				read += bytes.toString('latin1');
				if (begin === 0) {
					begin = read.indexOf('\r\n\r\n') + 4;
					if (begin === 3) {
						begin = 0;
						return;
					}
					const length = /\r\ncontent-length: (\d+)/i.exec(read.slice(0, begin))?.[1];
					if (length === undefined) {
						leave();
						return reject(new Error(`no Content-Length: ${read.slice(0, begin)}`));
					}
					end = begin + Number(length);
				}
				if (read.length < end) return;
				leave();
				const retryAfter = /\r\nretry-after: (\d+)/i.exec(read.slice(0, begin))?.[1];
				resolve({
					status: Number(read.slice(9, 12)),
					retryAfter: retryAfter === undefined ? null : Number(retryAfter),
					body: read.slice(begin),
				});
			};
			socket.on('data', take).once('close', broken);
			if (socket.destroyed) return broken();
			socket.write(`${head}\r\n\r\n${body}`, 'latin1');
		});
	}

	/** @param peer of X-Forwarded-For. @param body ASCII */
	post(path: string, origin: string, peer: string, body: string): Promise<Heard> {
		return this.ask(
			`POST ${path} HTTP/1.1\r\nhost: ${new URL(origin).host}\r\norigin: ${origin}\r\nx-forwarded-for: ${peer}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`,
			body,
		);
	}
}
