import type { Call } from '../../shared/client/call.ts';
import type { Roots } from '../../shared/client/deciding.ts';
import type { Passkeys } from '../../shared/client/organizer.ts';
import type { PrintFiles } from './rehearsal/rehearsal-files.ts';

/** What the browser brings, injected so that tests bring their own. */
export type DeskParts = {
	call: Call;
	passkeys: Passkeys;
	roots: Roots;
	/** Such as `https://letters.example`. */
	origin: string;
	/** Address of the published letter's style sheet, for the rehearsal. */
	letterStyle: string;
	/** Makes a letter's files in this browser. */
	print: PrintFiles;
	/** A public file, as it comes. @throws Refused, Unanswered */
	file(path: string): Promise<AsyncIterable<Uint8Array>>;
};
