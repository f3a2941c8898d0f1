/** The process in which a large release file that is brought is verified (check-release.ts), as it comes in. */
import { asChild } from '../platform/child-side.ts';
import { checkFile } from './check-file.ts';

await asChild(async (parent) => {
	const input = parent.input();
	await parent.say(await checkFile(input));
	// A fault is said at once; what was on its way by then breaks no pipe.
	for await (const _ of input);
});
