import type { Deps } from './deps.ts';
import { setUpLine } from './organizer/invitation.ts';

/** Lines that the server prints once it is up, such as the set-up link while nobody can start a letter yet. */
export type FirstStep = (deps: Deps) => Promise<readonly string[]>;

export const firstSteps: readonly FirstStep[] = [setUpLine];
