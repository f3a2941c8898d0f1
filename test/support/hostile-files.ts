/** Release files that somebody made to break a recount: what is wrong, where, and how much of the file a recount may read before it says so. */
import { utf8 } from '../../shared/bytes.ts';
import type { FileSource } from '../../shared/lines.ts';
import type { TestLetter } from './letter.ts';

export interface HostileFile {
	what: string;
	/** Fresh each time. `read` counts the bytes that were taken. */
	open: () => { source: FileSource; read: () => number };
	code: string;
	place: string | RegExp;
}

const kilobyte = 1024;
/** Bytes that a recount may take beyond the fault: what was read ahead while others verified. */
export const MOST_READ_AHEAD = 8_000 * kilobyte;

const text = (file: string) => () => ({ source: bytes([utf8(file)]), read: () => 0 });

async function* bytes(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	for (const piece of pieces) yield piece;
}

/** As long as anybody wants to read. */
function endless(head: string, piece: string) {
	return () => {
		let taken = 0;
		const part = utf8(piece);
		const source = (async function* () {
			yield utf8(head);
			// A gigabyte and more: whoever reads it to its end fails the test by its time.
			for (let n = 0; n < 2 ** 21; n++) {
				taken += part.length;
				yield part;
			}
		})();
		return { source, read: () => taken };
	};
}

/** @param file a release that holds, with entries and stubs */
export function hostileFiles(file: string, letter: TestLetter): HostileFile[] {
	const lines = file.split('\n');
	const first = lines.indexOf('"signatures":[') + 1;
	const terms = lines.findIndex((line) => line.startsWith('"terms":'));
	const with_ = (at: number, line: string) => lines.with(at, line).join('\n');
	const twice = (at: number) => lines.toSpliced(at, 0, lines[at] ?? '').join('\n');
	const edit = (at: number, from: string | RegExp, to: string) => with_(at, (lines[at] ?? '').replace(from, to));
	const signature = (number: number) => `line ${first + number}, signature ${number}`;
	const untilSignatures = `${lines.slice(0, first).join('\n')}\n`;
	const issuer: string = JSON.parse(letter.chain.charters[0] ?? '').groups[0].issuer.n;
	const entry = lines.findIndex((line, at) => at > first && line.startsWith('{"entry":')) - first + 1;
	const line = first + entry - 1;
	const stub = lines.findIndex((line, at) => at >= first && line.startsWith('{"stub":'));
	const cases: [string, HostileFile['open'], string, HostileFile['place']][] = [
		['empty', text(''), 'release-form', 'line 1'],
		['cut off in the head', text(file.slice(0, 500)), 'release-form', /^line \d+$/],
		[
			'cut off in a signature',
			text(
				lines
					.slice(0, first + 1)
					.join('\n')
					.slice(0, -9),
			),
			'release-form',
			`line ${first + 1}`,
		],
		[
			'cut off after a signature',
			text(`${lines.slice(0, first + 2).join('\n')}\n`),
			'release-form',
			`line ${first + 3}`,
		],
		['doubled', text(file + file), 'release-form', `line ${lines.length}`],
		['a signature doubled', text(twice(first)), 'order', signature(2)],
		['a charter doubled', text(twice(2)), 'approval-missing', 'approvals'],
		['the terms doubled', text(twice(terms)), 'release-form', `line ${terms + 2}`],
		['the list of signatures doubled', text(twice(first - 1)), 'document-form', signature(1)],
		[
			'a field doubled',
			text(edit(line, '"authenticator":', '"authenticator":"","authenticator":')),
			'document-not-canonical',
			signature(entry),
		],
		['nested a million deep', text('['.repeat(1_000_000)), 'line-too-long', 'line 1'],
		[
			'a signature nested as deep as a line is long',
			text(with_(line, '['.repeat(390_000))),
			'document-too-long',
			signature(entry),
		],
		[
			'a signature nested deep',
			text(with_(line, `{"entry":${'['.repeat(8_000)}${']'.repeat(8_000)}},`)),
			'document-form',
			signature(entry),
		],
		['a key of 16,384 bits', text(file.replaceAll(issuer, 'w'.repeat(2731))), 'document-form', /^charter 1/],
		[
			'a key of 1,024 bits more',
			text(file.replaceAll(issuer, `${issuer}${'A'.repeat(170)}`)),
			'issuer-key',
			/^charter 1/,
		],
		['a gigabyte without a line end', endless('', ' '.repeat(64 * kilobyte)), 'line-too-long', 'line 1'],
		[
			'a gigabyte in one signature',
			endless(untilSignatures, 'x'.repeat(64 * kilobyte)),
			'line-too-long',
			`line ${first + 1}`,
		],
		['a million empty lines', endless('', '\n'.repeat(kilobyte)), 'release-form', 'line 1'],
		['a million empty signatures', endless(untilSignatures, '\n'.repeat(kilobyte)), 'document-form', signature(1)],
		['a million commas', endless(untilSignatures, ',\n'.repeat(kilobyte)), 'document-form', signature(1)],
		[
			'a million long lines',
			endless(untilSignatures, `"${'x'.repeat(390_000)}",\n`),
			'document-too-long',
			signature(1),
		],
		['one signature a million times', endless(untilSignatures, `${lines[first]}\n`.repeat(20)), 'order', signature(2)],
		[
			'no UTF-8 in the head',
			() => ({ source: bytes([new Uint8Array([0x7b, 0xff, 0x0a])]), read: () => 0 }),
			'encoding',
			'line 1',
		],
		['no UTF-8 in a signature', broken(file, line, 40), 'encoding', `line ${line + 1}`],
		['no UTF-8 in the approvals', broken(file, lines.length - 3, 20), 'encoding', `line ${lines.length - 2}`],
		...['-1', '1.5', '1e3', '01', '9007199254740993', '1e999', 'null', '"1"'].map((number): (typeof cases)[number] => [
			`a turn of ${number}`,
			text(edit(line, /"turn":\d+/, `"turn":${number}`)),
			/^(01)$/.test(number) ? 'document-form' : number === '1e3' ? 'document-not-canonical' : 'document-form',
			new RegExp(`^${signature(entry)}`),
		]),
		[
			'a stub of a turn above which there is none to withdraw it with',
			text(edit(stub, /"turn":\d+/, '"turn":2147483647')),
			'document-form',
			new RegExp(`^${signature(stub - first + 1)}`),
		],
		[
			'a tally of 10^15',
			text(edit(terms, /"named":\d+/, '"named":1000000000000000')),
			'tally-mismatch',
			/tally 1, named$/,
		],
		[
			'a tally of one more',
			text(edit(terms, /"lapsed":\d+/, '"lapsed":77')),
			'approval-invalid',
			/approvals of the release/,
		],
	];
	return cases.map(([what, open, code, place]) => ({ what, open, code, place }));
}

/** A byte of a line that begins no character. */
function broken(file: string, line: number, column: number): HostileFile['open'] {
	const before = utf8(`${file.split('\n').slice(0, line).join('\n')}\n`).length;
	const all = utf8(file);
	all[before + column] = 0xff;
	return () => ({ source: bytes([all]), read: () => 0 });
}
