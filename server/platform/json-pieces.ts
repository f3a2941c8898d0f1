/** JSON that comes in or goes out piece by piece, since all of it at once would be too much memory. */
import { brokenOff } from './broken-off.ts';
import { Problem } from './errors.ts';
import type { Log } from './log.ts';

/** Of a body that is JSON: what has been read is passed over by whoever reads on. @throws Problem `invalid-input` */
export async function* piecesOf(request: Request): AsyncGenerator<Uint8Array> {
	if (!request.headers.get('content-type')?.startsWith('application/json')) throw new Problem('invalid-input');
	if (request.body !== null) yield* request.body;
}

/** An object with one more member at its end, of characters that JSON takes as they are. */
export async function* withLast(head: object, member: string, text: AsyncIterable<string>): AsyncGenerator<string> {
	yield `${JSON.stringify(head).slice(0, -1)},${JSON.stringify(member)}:"`;
	yield* text;
	yield '"}';
}

/** As fast as they are taken. Where they fail, the answer breaks off. @param texts ASCII */
export function bytesOf(texts: AsyncGenerator<string>, log: Log): ReadableStream<Uint8Array> {
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { value, done } = await texts.next().catch((failure) => {
				throw brokenOff(log, failure);
			});
			if (done) controller.close();
			else controller.enqueue(Buffer.from(value, 'latin1'));
		},
		async cancel() {
			await texts.return(undefined);
		},
	});
}
