/** The process in which a large release file that is brought is verified (check-release.ts), as it comes in. */
import { asChild } from '../platform/child-side.ts';
import { checkFile } from './check-file.ts';

await asChild(async (parent) => parent.say(await checkFile(parent.input())));
