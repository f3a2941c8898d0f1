import { ConfigError } from '../config.ts';
import { DatabaseNotReady } from '../database.ts';
import { FolderInUse } from '../platform/folder-lock.ts';

/** What whoever runs a command has to do, before it works or to end what it began: the message says which. */
export class NotNow extends Error {}

/** Prints what a command did, or the reason why not, and then the process ends with 1. What nobody expected is printed with where it happened. */
export async function told(work: Promise<string>): Promise<void> {
	try {
		console.log(await work);
	} catch (failure) {
		const foreseen = [ConfigError, NotNow, FolderInUse, DatabaseNotReady].some((known) => failure instanceof known);
		console.error(foreseen ? (failure as Error).message : failure);
		process.exitCode = 1;
	}
}

/**
 * The flags that stand behind a command, which takes no more than these.
 * @throws NotNow with the usage, for whatever else stands there
 */
export function flagsGiven(usage: string, known: readonly string[] = []): string[] {
	const given = process.argv.slice(2);
	const unknown = given.find((one) => !known.includes(one));
	if (unknown !== undefined) throw new NotNow(`“${unknown}” is nothing that this command takes.\n${usage}`);
	return given;
}
