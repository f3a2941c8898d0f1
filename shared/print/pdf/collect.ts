/**
 * A document that keeps what pdfkit writes: it writes millions of small pieces, for which a stream is slow and memory is large. And one that is
 * packed by the same code everywhere: Node's own deflate gives other bytes than a browser's.
 */
import { zlibSync } from 'fflate';
import PDFDocument from 'pdfkit';

const BLOCK = 2 ** 20;

/** What of pdfkit 0.20.2 its types do not say. */
interface Reference {
	compress: boolean;
	buffer: Uint8Array[];
	finalize(): void;
}
type Making = { ref(data: object): Reference };
type Options = NonNullable<ConstructorParameters<typeof PDFDocument>[0]>;

class Blocks {
	readonly #full: Uint8Array[] = [];
	#block = new Uint8Array(BLOCK);
	#used = 0;

	push(chunk: Uint8Array): void {
		if (this.#used + chunk.length > this.#block.length) {
			this.#full.push(this.#block.subarray(0, this.#used));
			this.#block = new Uint8Array(Math.max(BLOCK, chunk.length));
			this.#used = 0;
		}
		this.#block.set(chunk, this.#used);
		this.#used += chunk.length;
	}

	joined(): Uint8Array<ArrayBuffer> {
		return joined([...this.#full, this.#block.subarray(0, this.#used)]);
	}
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

/** Not a field: the document's head is written before a class of ours has any. */
const kept = new WeakMap<object, Blocks>();

class KeptDocument extends PDFDocument {
	override push(chunk: unknown): boolean {
		const blocks = kept.get(this) ?? new Blocks();
		kept.set(this, blocks);
		if (chunk instanceof Uint8Array) blocks.push(chunk);
		return true;
	}
}

export type Doc = InstanceType<typeof PDFDocument>;

export function newDocument(options: Options): Doc {
	const doc = new KeptDocument(options);
	const making = doc as unknown as Making;
	const make = making.ref.bind(doc);
	making.ref = (data) => packedAlike(make(data));
	return doc;
}

function packedAlike(reference: Reference): Reference {
	const finalize = reference.finalize.bind(reference);
	reference.finalize = () => {
		if (reference.compress && reference.buffer.length > 0) {
			reference.buffer = [zlibSync(joined(reference.buffer))];
			reference.compress = false;
		}
		finalize();
	};
	return reference;
}

/** @param draw all that is to be in it. @returns the file */
export function collect(doc: Doc, draw: () => void): Uint8Array<ArrayBuffer> {
	draw();
	doc.end();
	return kept.get(doc)?.joined() ?? new Uint8Array();
}
