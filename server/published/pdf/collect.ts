/** What pdfkit writes, kept together: it writes millions of small pieces, for which a stream is slow and memory is large. */
const BLOCK = 2 ** 20;

interface Writing {
	read(): unknown;
	push(chunk: unknown): boolean;
	end(): void;
}

/** Takes the place of the document's stream. @param draw all that is to be in it. @returns the file */
export function collect(doc: Writing, draw: () => void): Uint8Array {
	const blocks: Uint8Array[] = [];
	let block = new Uint8Array(BLOCK);
	let used = 0;
	// Its head is written when it is made.
	const head = doc.read();
	doc.push = (chunk) => {
		if (!(chunk instanceof Uint8Array)) return false;
		if (used + chunk.length > block.length) {
			blocks.push(block.subarray(0, used));
			block = new Uint8Array(Math.max(BLOCK, chunk.length));
			used = 0;
		}
		block.set(chunk, used);
		used += chunk.length;
		return true;
	};
	doc.push(head);
	draw();
	doc.end();
	return new Uint8Array(Buffer.concat([...blocks, block.subarray(0, used)]));
}
