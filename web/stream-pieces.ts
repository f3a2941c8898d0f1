/** A stream's bytes as they come, for whoever reads with `for await`: not every browser iterates streams by itself. */
export async function* streamPieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
	const reader = stream.getReader();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			yield value;
		}
	} finally {
		// Whoever has read enough need not take the rest.
		await reader.cancel().catch(() => {});
	}
}
