/**
 * Keyed hashes of what proves employment, under the letter's tag key, which is in no database: a copy of the tables cannot be tried
 * against a staff directory, nor against all codes of eight digits. Proven by test/server/employment/kept.test.ts.
 */
import { createHmac, type KeyObject } from 'node:crypto';
import { frame, fromB64u, utf8 } from '../../shared/bytes.ts';
import type { SecretBox } from '../platform/secret-box.ts';

const keyed = (key: KeyObject, tag: string, ...parts: Uint8Array[]): Uint8Array =>
	new Uint8Array(
		createHmac('sha256', key)
			.update(frame(tag, ...parts))
			.digest(),
	);

/** docs/protocol.md, section 4. @param normalForm of readWorkAddress */
export const mailboxTag = (tagKey: KeyObject, normalForm: string): Uint8Array =>
	keyed(tagKey, 'undersigned/mailbox-tag/1', utf8(normalForm));

/** A code counts only beside its confirmation. */
export const codeHash = (tagKey: KeyObject, confirmation: string, code: string): Uint8Array =>
	keyed(tagKey, 'undersigned/code/1', utf8(confirmation), utf8(code));

/** Under the host secret: what opens a link does not yet know its letter. @param link b64u of 32 bytes */
export const linkHash = (box: SecretBox, link: string): Uint8Array =>
	keyed(box.key('confirmation link', ''), 'undersigned/link/1', fromB64u(link, 32));

/** What a confirmation was spent on. Keyed, since an address is among it. @param asked the request, written one way */
export const spentHash = (tagKey: KeyObject, asked: string): Uint8Array =>
	keyed(tagKey, 'undersigned/spent/1', utf8(asked));

/** Of a test mail, while a letter is a draft and has no tag key: under the host secret. @param normalForm of readWorkAddress */
export const testMailbox = (box: SecretBox, letter: string, normalForm: string): Uint8Array =>
	keyed(box.key('test mail', letter), 'undersigned/test-mailbox/1', utf8(normalForm));

/** Of a test mail: a code counts only beside its test. */
export const testCodeHash = (box: SecretBox, test: string, code: string): Uint8Array =>
	keyed(box.key('test code', ''), 'undersigned/test-code/1', utf8(test), utf8(code));
