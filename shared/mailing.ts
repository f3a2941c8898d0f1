/** What M organizers approve before everybody on a list is written to (docs/protocol.md, sections 2 and 4). */
import * as v from 'valibot';
import { b64u, fromB64u, hash, utf8 } from './bytes.ts';
import { bytes32, id, integer, readDocument, text, writeDocument } from './document.ts';
import { LIMITS } from './limits.ts';

const domainCount = v.strictObject({ domain: text(3, LIMITS.domain), count: integer(1, LIMITS.roster) });
export type DomainCount = v.InferOutput<typeof domainCount>;

/** `note`: how the list was obtained, for the other organizers. `domains` ascending. `list` is the `rosterHash`. */
export const mailingSchema = v.strictObject({
	mailing: id,
	note: v.pipe(
		text(1, LIMITS.rosterNote),
		v.check((s) => /\P{White_Space}/u.test(s), 'a note'),
	),
	domains: v.pipe(v.array(domainCount), v.minLength(1), v.maxLength(LIMITS.groups * LIMITS.domains)),
	list: bytes32,
});
export type Mailing = v.InferOutput<typeof mailingSchema>;

export function writeMailing(mailing: Mailing): string {
	return writeDocument(mailingSchema, mailing, 'mailing');
}

/** @throws Fault where it is not as it must be */
export function readMailing(document: string): Mailing {
	return readDocument(mailingSchema, document, 'mailing', LIMITS.mailing);
}

/** What is approved (kind `mailing`): 32 bytes, b64u. @param fingerprint of the last charter */
export async function mailingSubject(fingerprint: string, document: string): Promise<string> {
	return b64u(await hash('undersigned/mailing/1', fromB64u(fingerprint, 32), utf8(document)));
}
