/** How a list is kept while it waits: each address under the host secret, all boxes of one length. */
import { fromUtf8, utf8 } from '../../shared/bytes.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { SecretBox } from '../platform/secret-box.ts';

interface Of {
	letter: string;
	mailing: string;
}

const context = ({ letter, mailing }: Of) => `${letter} ${mailing}`;
const purpose = 'roster address';
const saltPurpose = 'roster salt';

/** Padded, so that a copy does not tell how long each is. @param address normal form: ASCII, without NUL */
export function sealAddress(box: SecretBox, of: Of, address: string): Uint8Array {
	const padded = new Uint8Array(LIMITS.rosterAddress);
	padded.set(utf8(address));
	return box.seal(purpose, context(of), padded);
}

export function openAddress(box: SecretBox, of: Of, sealed: Uint8Array): string {
	const padded = box.open(purpose, context(of), sealed);
	const end = padded.indexOf(0);
	return fromUtf8(end < 0 ? padded : padded.subarray(0, end));
}

/** Without it, the hash of a list could be tried against a staff directory. */
export const sealSalt = (box: SecretBox, of: Of, salt: Uint8Array): Uint8Array =>
	box.seal(saltPurpose, context(of), salt);

export const openSalt = (box: SecretBox, of: Of, sealed: Uint8Array): Uint8Array =>
	box.open(saltPurpose, context(of), sealed);
