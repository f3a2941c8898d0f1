import { expect, test } from 'vitest';
import { Problem } from '../../../server/platform/errors.ts';
import { paced } from '../../../server/platform/paced.ts';

const PATIENCE = 50;

/** A body of so many pieces, each of which comes so many milliseconds after it was wanted. */
function coming(pieces: number, bytes: number, after: number): ReadableStream<Uint8Array> {
	let sent = 0;
	const source: UnderlyingDefaultSource<Uint8Array> = {
		async pull(controller) {
			if (sent++ === pieces) return controller.close();
			await new Promise((resolve) => setTimeout(resolve, after));
			controller.enqueue(new Uint8Array(bytes));
		},
	};
	return new ReadableStream(source, { highWaterMark: 0 });
}

async function read(body: ReadableStream<Uint8Array>) {
	let [late, size] = [false, 0];
	const inTime = paced(
		body,
		() => {
			late = true;
		},
		PATIENCE,
	);
	try {
		for await (const { length } of inTime) size += length;
		return { late, said: size };
	} catch (failure) {
		return { late, said: failure instanceof Problem ? failure.code : failure };
	}
}

test('a body that keeps its pace may take longer than any pause', async () => {
	expect(await read(coming(20, 100_000, 10))).toEqual({ late: false, said: 2_000_000 });
});

test('one that stops, and one that drips, ends', async () => {
	expect(await read(coming(1, 1, 3_600_000))).toEqual({ late: true, said: 'too-slow' });
	expect(await read(coming(1_000, 1, 2))).toEqual({ late: true, said: 'too-slow' });
});

test('the time in which nobody wants more does not count', async () => {
	const body = new Blob([new Uint8Array(1_000)]).stream();
	const reader = paced(body, () => {}, PATIENCE).getReader();
	await new Promise((resolve) => setTimeout(resolve, PATIENCE * 2));
	expect((await reader.read()).value?.length).toBe(1_000);
	expect((await reader.read()).done).toBe(true);
});
