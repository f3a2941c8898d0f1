/**
 * The environment of a process that a test starts: these variables, and of this process's own only where programs are, and where Node keeps code that it has compiled
 * (vitest.config.ts): half of what a server's process takes to start.
 */
export function processEnvironment(variables: Record<string, string>): Record<string, string | undefined> {
	const { PATH, NODE_COMPILE_CACHE } = process.env;
	return { PATH, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }), ...variables };
}
