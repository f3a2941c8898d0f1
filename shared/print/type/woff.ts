/** WOFF 1.0 (W3C) unpacked: fontkit unpacks it too, but ten times slower, and reads a `cmap` that was stored without compression wrongly. */
const HEADER = 44;
const ENTRY = 20;
const RECORD = 16;

/** As it is stored; `packed` by zlib (RFC 1950) to be unpacked to `length` bytes. */
export interface WoffTable {
	stored: Uint8Array<ArrayBuffer>;
	packed: boolean;
	length: number;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @throws Error where it is no WOFF file */
export function woffTables(woff: Uint8Array<ArrayBuffer>): WoffTable[] {
	const view = viewOf(woff);
	if (woff.length < HEADER || view.getUint32(0) !== 0x774f4646) throw new Error('This is not a WOFF file');
	return Array.from({ length: view.getUint16(12) }, (_, at) => {
		const entry = HEADER + at * ENTRY;
		const [start, packed, length] = [view.getUint32(entry + 4), view.getUint32(entry + 8), view.getUint32(entry + 12)];
		return { stored: woff.subarray(start, start + packed), packed: packed < length, length };
	});
}

/** @param tables unpacked, in the order of `woffTables`. @returns the OpenType font */
export function toOpenType(woff: Uint8Array, tables: readonly Uint8Array[]): Uint8Array {
	const count = tables.length;
	const head = 12 + RECORD * count;
	const padded = (length: number) => Math.ceil(length / 4) * 4;
	const font = new Uint8Array(tables.reduce((all, { length }) => all + padded(length), head));
	const view = viewOf(font);
	font.set(woff.subarray(4, 8), 0);
	const power = 2 ** Math.floor(Math.log2(count));
	view.setUint16(4, count);
	view.setUint16(6, power * 16);
	view.setUint16(8, Math.log2(power));
	view.setUint16(10, (count - power) * 16);
	let offset = head;
	for (const [at, table] of tables.entries()) {
		const entry = woff.subarray(HEADER + at * ENTRY, HEADER + (at + 1) * ENTRY);
		const record = 12 + at * RECORD;
		font.set(entry.subarray(0, 4), record);
		font.set(entry.subarray(16, 20), record + 4);
		view.setUint32(record + 8, offset);
		view.setUint32(record + 12, table.length);
		font.set(table, offset);
		// Each begins at a multiple of four.
		offset += padded(table.length);
	}
	return font;
}
