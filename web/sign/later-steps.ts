/** The steps that come after the first ones, whose code is fetched when they do: before them, everybody waits for the letter. */
import { arrived } from '../../shared/client/later.ts';
import type { Signer } from '../../shared/client/signer.ts';
import type { Step } from './route.ts';

const proving = () => arrived(() => import('./proving-steps.ts'));
const after = () => arrived(() => import('./after-signing.ts'));

const CODE: Partial<Record<Step, () => Promise<unknown>>> = {
	...{ code: proving, voucher: proving, confirm: proving },
	...{ done: after, own: after, mine: after, words: after, lost: after },
};

/** What marks the changes of a text. @throws Unanswered */
export const marking = () => arrived(() => import('../ui/marked-changes.ts'));

/** Defines the element of a step. @throws Unanswered where its code did not come */
export async function codeOf(step: Step): Promise<void> {
	await CODE[step]?.();
}

/**
 * Whoever is asked for a proof finds all that follows here already when they press the button: they may be away by then, in their mail, and the connection
 * gone. What fails is asked for again when it is needed.
 */
export function fetchAhead(step: Step, signer: Signer): void {
	if (CODE[step] !== proving) return;
	void Promise.allSettled([signer.ready(), after()]);
}
