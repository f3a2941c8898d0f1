/**
 * A signer who has neither the words nor the browser asks the organizers to take the name off (docs/protocol.md, section 6). Name and work address
 * are sealed as a signature's name is, under a key of the request's own: nobody reads them before M organizers open the names.
 */
import type { LostWordsOnDesk } from './api/lost-words.ts';
import { verifyAttestation } from './attestation.ts';
import { b64u, frame, fromB64u, randomBytes, utf8 } from './bytes.ts';
import type { Charter } from './charter.ts';
import { Fault } from './fault.ts';
import { type KeyPair, signBytes, signerKeys, verifyBytes } from './keys.ts';
import { msg } from './locales/say.ts';
import { readSealed, type SealedContents, seal, sealedHash } from './sealed-name.ts';
import { cleanName } from './statement.ts';
import { readWorkAddress } from './work-address.ts';

/** What is asked, in the asker's browser. */
export interface Wish {
	keys: KeyPair;
	contents: SealedContents;
	/** Normal form, of which group, and with which salt it is attested; null for whoever signed with a voucher. */
	mailbox: { address: string; group: string; salt: string } | null;
}

function lostWordsBytes(root: string, key: string, sealed: string, attestation: string | null) {
	return frame(
		'undersigned/lost-words/1',
		fromB64u(root, 32),
		fromB64u(key, 32),
		fromB64u(sealed, 32),
		utf8(attestation ?? ''),
	);
}

/** @param typed name and address as typed; no address where one signed with a voucher. @throws Fault `name-*`, `address-*` */
export async function wishFor(charter: Charter, root: string, typed: { name: string; address: string }): Promise<Wish> {
	const name = cleanName(typed.name);
	if (name === '') throw new Fault('name-length', 'name', msg('Type the name that you signed with.'));
	const read = typed.address.trim() === '' ? null : readWorkAddress(typed.address.trim(), charter.groups);
	const salt = () => b64u(randomBytes(32));
	const mailbox = read && { address: read.normalForm, group: read.group, salt: salt() };
	return {
		keys: await signerKeys(randomBytes(16), root),
		mailbox,
		contents: {
			...{ label: '', labelSalt: salt() },
			...{ display: { name, title: '' }, displaySalt: salt() },
			...{ address: mailbox?.address ?? null, addressSalt: mailbox?.salt ?? null },
		},
	};
}

/** @param attestation of the wish's mailbox and key; null leaves it unproven */
export async function sealWish(
	charter: Charter,
	root: string,
	wish: Wish,
	attestation: string | null,
): Promise<LostWordsOnDesk> {
	const key = wish.keys.publicKey;
	const { document: sealed, hash } = await seal(charter, root, key, wish.contents);
	const authenticator = await signBytes(wish.keys.privateKey, lostWordsBytes(root, key, hash, attestation));
	const group = attestation === null ? null : (wish.mailbox?.group ?? null);
	return { key, group, sealed, authenticator, attestation };
}

/**
 * What server and organizers check without opening it.
 * @returns the mailbox that was attested; null of a request that nothing proves
 * @throws Fault `authenticator-invalid`, `attestation-invalid`, `sealed-form`
 */
export async function checkLostWords(
	charter: Charter,
	root: string,
	asked: LostWordsOnDesk,
): Promise<{ mailbox: string } | null> {
	const { key, group, sealed, authenticator, attestation } = asked;
	readSealed(sealed, charter);
	const bytes = lostWordsBytes(root, key, await sealedHash(sealed), attestation);
	if (!(await verifyBytes(key, authenticator, bytes))) {
		throw new Fault('authenticator-invalid', 'lost words', 'This request was not made with its key.');
	}
	if (attestation === null && group === null) return null;
	const of = charter.groups.find((one) => one.id === group && one.proof === 'mailbox');
	const proven =
		of && attestation !== null && (await verifyAttestation(of.attester, attestation, { root, group: of.id, key }));
	if (!proven)
		throw new Fault('attestation-invalid', 'lost words', 'No mailbox of this letter stands behind this request.');
	return proven;
}
