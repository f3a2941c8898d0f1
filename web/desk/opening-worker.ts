/** One of the workers that open names: a chunk at a time, as opening-workers.ts asks for it. */
import { crewHere } from '../../shared/client/opening-crew.ts';
import type { Answered, Asked } from './opening-workers.ts';

const crew = crewHere();

addEventListener('message', async ({ data: { number, kind, args } }: MessageEvent<Asked>) => {
	let answer: Answered;
	try {
		// What goes with what was said where it was asked.
		const work = crew[kind] as (...all: unknown[]) => Promise<unknown[]>;
		answer = { number, outcome: await work(...args) };
	} catch {
		answer = { number, outcome: null };
	}
	postMessage(answer);
});

// A browser that reads no key in a worker says so here alone: whoever asked hears of it as of a program that failed.
addEventListener('messageerror', () => {
	throw new Error('What was asked cannot be read in a worker of this browser.');
});
