/**
 * How a server's process is begun so that it stays small. V8 grows the room for young values to 48 MB and more, where a server that passes files on in slices does with half of it, and lets four
 * times as much lie about as is in use before it looks for what is not; the C library (malloc(3)) keeps what is freed for as long as a process lives, in a heap for every thread, unless its thresholds are told. Measured by `npm run bench -- memory`.
 */

/** V8's: megabytes, and how much of what is in use may be added before old values are collected. */
export const LEAN_OPTIONS: readonly string[] = ['--max-semi-space-size=8', '--heap-growing-percent=60'];

/** glibc's (mallopt(3)): two heaps, and what is as large as it is by default there is given back to the machine, however much was freed before. */
export const LEAN_ENVIRONMENT: Readonly<Record<string, string>> = {
	MALLOC_ARENA_MAX: '2',
	MALLOC_MMAP_THRESHOLD_: '131072',
};

/** On Linux this program begins once more in the same process, with the settings above: the C library reads them at its very beginning. Whoever has set one is left alone. */
export function beginLean(): void {
	const { env, execArgv, execPath, argv, platform, execve } = process;
	if (platform !== 'linux' || execve === undefined || Object.keys(LEAN_ENVIRONMENT).some((name) => name in env)) return;
	execve.call(process, execPath, [execPath, ...LEAN_OPTIONS, ...execArgv, ...argv.slice(1)], {
		...(env as Record<string, string>),
		...LEAN_ENVIRONMENT,
	});
}
