/** DKIM (RFC 6376): the key with which a relay signs mail, under a selector that the relay chose. */
import { createPublicKey } from 'node:crypto';
import type { LookUp } from './dns.ts';
import type { Finding } from './finding.ts';
import { tagsOf } from './tags.ts';

/** RFC 8301, section 3.2: less must not verify; this is what signers should have. */
const LEAST_BITS = 1024;
const GOOD_BITS = 2048;
const ED25519_BYTES = 32;

export async function checkDkim(lookUp: LookUp, domain: string, selector: string | undefined): Promise<Finding> {
	if (selector === undefined) {
		const says =
			'Not looked at: its record can only be found with the selector under which your relay signs. Its operator knows it; it stands as s= in the DKIM-Signature of every mail. Run this again with --selector.';
		return { name: 'DKIM', good: false, says };
	}
	const name = `${selector}._domainkey.${domain}`;
	const [record] = (await lookUp(name)).filter((one) => /(^|;)\s*p\s*=/.test(one));
	if (record === undefined) {
		return bad(
			`There is no key at ${name}, so what your relay signs with this selector verifies nowhere. Publish the record that your relay’s operator gives you.`,
			'v=DKIM1; k=rsa; p=…',
		);
	}
	const tags = tagsOf(record);
	if (tags.get('p') === '')
		return bad('This key is revoked (p= is empty). Publish the new one, or sign with another selector.', record);
	const wrong = wrongKey(tags.get('k') ?? 'rsa', tags.get('p') ?? '');
	if (wrong !== null) return bad(wrong, record);
	if (/(^|:)\s*y\s*(:|$)/.test(tags.get('t') ?? '')) {
		return bad(
			'The key is there, but marked as a test (t=y): receivers treat the mail as unsigned. Take that out.',
			record,
		);
	}
	return {
		name: 'DKIM',
		good: true,
		says: `A key under “${selector}”. Your relay has to sign with it, for ${domain}: a mail that you send yourself shows dkim=pass.`,
		record,
	};
}

const bad = (says: string, record: string): Finding => ({ name: 'DKIM', good: false, says, record });

/** @returns what is wrong with it; null for nothing */
function wrongKey(kind: string, key: string): string | null {
	const bytes = Buffer.from(key.replace(/\s/g, ''), 'base64');
	if (kind === 'ed25519') {
		// RFC 8463. Not every receiver reads it yet.
		return bytes.length === ED25519_BYTES ? null : 'This is no Ed25519 key. Publish the record again, all of it.';
	}
	const bits = rsaBits(bytes);
	if (bits === null) return 'This is no RSA key: part of it may be missing. Publish the record again, all of it.';
	if (bits < LEAST_BITS)
		return `The key has ${bits} bits, and receivers refuse less than ${LEAST_BITS}. Make one of ${GOOD_BITS}.`;
	return bits < GOOD_BITS ? `The key has ${bits} bits; some receivers want ${GOOD_BITS}. Make a new one.` : null;
}

/** RFC 6376 has SubjectPublicKeyInfo. */
function rsaBits(bytes: Buffer): number | null {
	try {
		const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key: bytes, format: 'der', type: 'spki' });
		return asymmetricKeyType === 'rsa' ? (asymmetricKeyDetails?.modulusLength ?? null) : null;
	} catch {
		return null;
	}
}
