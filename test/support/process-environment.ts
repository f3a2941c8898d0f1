/**
 * The environment of a process that a test starts: these variables, and of this process's own only where programs are, and where Node keeps code that it has compiled
 * (vitest.config.ts): half of what a server's process takes to start.
 */
export function processEnvironment(variables: Record<string, string>): Record<string, string | undefined> {
	const { PATH, NODE_COMPILE_CACHE } = process.env;
	return { PATH, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }), ...variables };
}

/**
 * Flags for processes that live for a few tests: V8 compiles the embedded database's WebAssembly once, quickly, and not again in the background to run faster later. That took two
 * fifths of the processor time of such a test.
 */
export const shortLived: readonly string[] = ['--liftoff-only'];
