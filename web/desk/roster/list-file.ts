import { FormTrouble } from '../desk-element.ts';

/** More than ten thousand addresses with what stands around them in a table. */
const mostBytes = 8_000_000;

/**
 * A file of addresses as text. Nothing of it leaves the browser here.
 * @param field id of the input that chose it
 * @throws FormTrouble where it is no list that can be read
 */
export async function readListFile(file: File, field: string): Promise<string> {
	if (file.size > mostBytes)
		throw new FormTrouble(field, 'This file is too large. Keep the column with the addresses.');
	const bytes = new Uint8Array(await file.arrayBuffer());
	const begins = (...signature: number[]) => signature.every((byte, i) => bytes[i] === byte);
	// Spreadsheets are ZIP archives (PK), and their older kind compound files.
	if (begins(0x50, 0x4b) || begins(0xd0, 0xcf, 0x11, 0xe0) || begins(0x25, 0x50, 0x44, 0x46)) {
		throw new FormTrouble(
			field,
			'This is no plain list. Save it as .csv or .txt in the program that made it, and choose that file.',
		);
	}
	const encoding = begins(0xff, 0xfe) ? 'utf-16le' : begins(0xfe, 0xff) ? 'utf-16be' : 'utf-8';
	return new TextDecoder(encoding).decode(bytes);
}
