/** JSON that comes in or goes out piece by piece, since all of it at once would be too much memory. */
import { Problem } from './errors.ts';

/** Work on a body that is JSON. All of it is read however that ends: whoever sends what is refused, or not needed, hears the answer, not a broken connection. @throws Problem `invalid-input` */
export async function withPieces<Result>(
	request: Request,
	work: (body: AsyncIterable<Uint8Array>) => Promise<Result>,
): Promise<Result> {
	const body = piecesOf(request);
	try {
		return await work(body);
	} finally {
		for await (const _ of body);
	}
}

/** What has been read is passed over by whoever reads on. */
async function* piecesOf(request: Request): AsyncGenerator<Uint8Array> {
	if (!request.headers.get('content-type')?.startsWith('application/json')) throw new Problem('invalid-input');
	if (request.body !== null) yield* request.body;
}

/** An object with one more member at its end, of characters that JSON takes as they are. */
export async function* withLast(head: object, member: string, text: AsyncIterable<string>): AsyncGenerator<string> {
	yield `${JSON.stringify(head).slice(0, -1)},${JSON.stringify(member)}:"`;
	yield* text;
	yield '"}';
}

/** @param texts ASCII */
export async function* bytesOf(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
	for await (const text of texts) yield Buffer.from(text, 'latin1');
}
