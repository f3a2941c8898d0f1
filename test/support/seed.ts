import fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
	interface ProvidedContext {
		seed: number;
		scale: 'small' | 'full';
	}
}

// One seed for the whole run: it is printed at the start, so that a failure can be repeated.
fc.configureGlobal({ seed: inject('seed') });
