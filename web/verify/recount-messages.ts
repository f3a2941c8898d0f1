/** What the page and its worker say to each other. */
import type { RecountReport } from '../../shared/recount-report.ts';

export type RecountQuestion = { from: 'address'; release: string; jws: string } | { from: 'files'; files: File[] };

export type RecountAnswer =
	| { kind: 'progress'; done: number; total: number | null }
	| { kind: 'report'; report: RecountReport }
	| { kind: 'failed'; message: string };
