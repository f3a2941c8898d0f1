/** Vitest's global setup of the judges: one server in a process of its own, with a letter that 100 signed and one that 4,000 did, both public. */
import type { TestProject } from 'vitest/node';
import { buildIfStale } from '../../server/command/build.ts';
import { FULL, Stage } from '../bench/stage.ts';

/** A released letter, as judges find it. */
export interface Judged {
	count: number;
	slug: string;
	/** Of its folder, with a slash at its end. */
	address: string;
}

declare module 'vitest' {
	interface ProvidedContext {
		judgedOrigin: string;
		judgedLetters: Judged[];
	}
}

const sizes = [100, 4_000];

export async function setup(project: TestProject): Promise<() => Promise<void>> {
	buildIfStale();
	const stage = new Stage(FULL, () => {});
	try {
		const judged: Judged[] = [];
		const { origin } = await stage.server();
		for (const count of sizes) {
			const { slug } = (await stage.released(count)).letter;
			judged.push({ count, slug, address: `${origin}/letters/${slug}/` });
		}
		project.provide('judgedOrigin', origin);
		project.provide('judgedLetters', judged);
	} catch (failure) {
		await stage.close();
		throw failure;
	}
	return () => stage.close();
}
