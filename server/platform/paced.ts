import { Problem } from './errors.ts';
import { PACE } from './patience.ts';

/**
 * A body that has to go on coming: for each millisecond that is waited for it, `PACE` bytes, and it may be `patience` milliseconds behind that. The time in which nobody wants more of
 * it does not count. Proven by test/server/platform/paced.test.ts.
 * @returns what ends with Problem `too-slow`, after `onLate`, where it does not
 */
export function paced(
	body: ReadableStream<Uint8Array>,
	onLate: () => void,
	patience: number,
): ReadableStream<Uint8Array> {
	const reader = body.getReader();
	let left = patience;
	const source: UnderlyingDefaultSource<Uint8Array> = {
		async pull(controller) {
			const began = performance.now();
			let late = false;
			const stalled = setTimeout(() => {
				late = true;
				// What waits for the next piece hears that there is none.
				reader.cancel().catch(() => {});
			}, left);
			try {
				const { done, value } = await reader.read();
				if (late) {
					onLate();
					throw new Problem('too-slow');
				}
				if (done) return controller.close();
				left = Math.min(patience, left - (performance.now() - began) + value.length / PACE);
				controller.enqueue(value);
			} finally {
				clearTimeout(stalled);
			}
		},
		cancel: (reason) => reader.cancel(reason),
	};
	// Nothing is read before it is wanted.
	return new ReadableStream(source, { highWaterMark: 0 });
}
