/** What a load is told to do, and what it says of it. Times in milliseconds. */
import type { SigningLetter } from './prepared.ts';

export interface SignTask {
	kind: 'sign';
	/** Of the nodes, between which connections are shared out evenly. */
	ports: readonly number[];
	origin: string;
	/** The first of those who were prepared, and how many. */
	from: number;
	count: number;
	/** So many in flight; or, where `perSecond` is given, at most so many. */
	abreast: number;
	/** Somebody begins each so often, however long the others take. */
	perSecond?: number;
}
export interface PagesTask {
	kind: 'pages';
	port: number;
	path: string;
	perSecond: number;
	seconds: number;
}
export interface FloodTask {
	kind: 'flood';
	port: number;
	origin: string;
	letter: string;
	/** People who ask for a code, again and again. */
	people: number;
	seconds: number;
}
export interface RecoverTask extends Omit<SignTask, 'kind' | 'perSecond'> {
	kind: 'recover';
	/** What counts as normal: a whole journey within so much. */
	within: number;
}
export interface PrepareTask {
	kind: 'prepare';
	letter: SigningLetter;
	count: number;
}
export type Task = PrepareTask | SignTask | PagesTask | FloodTask | RecoverTask;

export interface Signed {
	/** From the first who began to the last who was done. */
	took: number;
	/** Of each person: from asking for the code to the answer that the signature is taken, with the mail between. */
	journeys: number[];
	/** Of each request. */
	asks: number[];
	proofs: number[];
	signatures: number[];
	/** Connections on which the mails came. */
	mailConnections: number;
}
export interface Flooded {
	taken: number;
	/** From asking to being told 503. */
	refusals: number[];
	/** Answers that are neither, by status. */
	others: Record<string, number>;
	/** Refusals that do not say when to come back. */
	withoutRetryAfter: number;
}
export interface Reports {
	prepare: { mail: string };
	sign: Signed;
	pages: { latencies: number[] };
	flood: Flooded;
	/** Until everything was normal again. */
	recover: { after: number };
}
