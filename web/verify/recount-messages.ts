/** What the page and its worker say to each other. */
import type { Spoken } from '../../shared/locales/spoken.ts';
import type { MineFor, PrintedSignature } from '../../shared/mine.ts';
import type { CheckName, RecountReport } from '../../shared/recount-report.ts';
import type { UpdatesVerdict } from '../../shared/recount-updates.ts';

export type RecountQuestion =
	| { from: 'address'; release: string; jws: string; updates: string }
	| { from: 'files'; files: File[] };

/** `spoken`: what the page speaks, and the worker from then on. `mine` is about the letter that was recounted before, in the same worker. */
export type VerifyTask =
	| { kind: 'recount'; question: RecountQuestion; spoken: Spoken }
	| { kind: 'mine'; proof: string; mine: MineFor };

/** `updates` is null where there are none beside the letter, or the letter itself does not hold. */
export type RecountOutcome = { report: RecountReport; updates: UpdatesVerdict | null };
export type MineOutcome = { ok: true; signature: PrintedSignature } | { ok: false; message: string };

export type RecountAnswer =
	| { kind: 'now'; check: CheckName }
	| { kind: 'progress'; done: number; total: number | null }
	| { kind: 'report'; outcome: RecountOutcome }
	| { kind: 'mine'; outcome: MineOutcome }
	| { kind: 'failed'; message: string };
