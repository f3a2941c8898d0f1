/** Hostile files recounted on one thread and by workers: both must say the same, and soon. */
import { expect } from 'vitest';
import type { FileSource } from '../../shared/lines.ts';
import { recount } from '../../shared/recount.ts';
import type { RecountReport } from '../../shared/recount-report.ts';
import { fullLetter } from './full-letter.ts';
import { hostileFiles, MOST_READ_AHEAD } from './hostile-files.ts';
import { buildLetter, releaseFiles, someSigners } from './letter.ts';

type Recounting = (source: FileSource) => Promise<RecountReport>;

let many: ReturnType<typeof releaseFiles> | null = null;

/** A release of three batches, made once: 520 keys take their time. */
export function manySigned(): ReturnType<typeof releaseFiles> {
	many ??= buildLetter({ signers: someSigners(520, 1) }).then(releaseFiles);
	return many;
}

/** @param inWorkers with even the first batch in a worker */
export async function expectSameVerdicts(inWorkers: Recounting): Promise<void> {
	const { letter, made } = await fullLetter();
	expect(await inWorkers(made.file)).toEqual(await recount(made.file));
	for (const { what, open, code, place } of hostileFiles(made.file, letter)) {
		const [here, there] = [open(), open()];
		const report = await recount(here.source);
		expect(report.fault, what).toMatchObject({ code });
		expect(report.fault?.place, what).toMatch(place);
		expect(await inWorkers(there.source), what).toEqual(report);
		for (const { read } of [here, there]) expect(read(), what).toBeLessThan(MOST_READ_AHEAD);
	}
}

/** Of several faults in a file of several batches, the first is found, whichever worker is done first. */
export async function expectFirstFault(inWorkers: Recounting): Promise<void> {
	const { file } = await manySigned();
	expect(await inWorkers(file)).toEqual(await recount(file));
	const lines = file.split('\n');
	const first = lines.indexOf('"signatures":[') + 1;
	const spoil = (number: number) => {
		const at = first + number - 1;
		lines[at] = (lines[at] ?? '').replace(
			/"credential":"./,
			(start) => `${start.slice(0, -1)}${start.at(-1) === 'A' ? 'B' : 'A'}`,
		);
	};
	const swap = (number: number) => {
		const at = first + number - 1;
		[lines[at], lines[at + 1]] = [lines[at + 1] ?? '', lines[at] ?? ''];
	};
	const changes: [() => void, number, string][] = [
		[() => spoil(518), 518, 'credential-invalid'],
		// The last of a batch and the first of the next.
		[() => swap(512), 513, 'order'],
		[() => spoil(257), 257, 'credential-invalid'],
		[() => swap(100), 101, 'order'],
	];
	for (const [change, number, code] of changes) {
		change();
		const report = await inWorkers(lines.join('\n'));
		expect(report.fault).toMatchObject({ code, place: expect.stringContaining(`signature ${number}`) });
		expect(report.counted.signatures).toBe(number - 1);
	}
}
