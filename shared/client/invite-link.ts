/**
 * The invite link: `ORIGIN/l/LINK#ROOT`; on a card `ORIGIN/l/LINK#ROOT.VOUCHER`, which offers the voucher to whoever opens it. The fragment
 * never reaches the server.
 */

/** `voucher` as it stands in the link, unchecked; null where there is none. */
export type Fragment = { root: string; voucher: string | null };
export type InviteLink = Fragment & { link: string };

// A full stop alone ends the sentence that the link stood in.
const FRAGMENT = '#([A-Za-z0-9_-]{43})(?:\\.([0-9A-Za-z-]{0,64}))?$';
const LINK = new RegExp(`(?:^|/)l/([A-Za-z0-9_-]{22})${FRAGMENT}`);
const ALONE = new RegExp(`^${FRAGMENT}`);

/** @param root b64u of the first charter's fingerprint. @param voucher in its normal form, for one person alone */
export function writeInviteLink(origin: string, link: string, root: string, voucher: string | null = null): string {
	return `${origin}/l/${link}#${root}${voucher === null ? '' : `.${voucher}`}`;
}

/** Of a whole link as pasted, or from `/l/` on. Null when it is no invite link, or lacks its last part. */
export function readInviteLink(typed: string): InviteLink | null {
	const [, link, root, voucher] = LINK.exec(typed.trim()) ?? [];
	return link !== undefined && root !== undefined ? { link, root, voucher: voucher || null } : null;
}

/** @param fragment of the address bar, with its `#`; null when it is missing or cut short */
export function readFragment(fragment: string): Fragment | null {
	const [, root, voucher] = ALONE.exec(fragment) ?? [];
	return root === undefined ? null : { root, voucher: voucher || null };
}

/** What stands behind `/v#` in the mail. @param fragment of the address bar; what mail programs hang on to it does not matter. Null when it is missing or cut short */
export function readMailSecret(fragment: string): string | null {
	return /^#([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/.exec(fragment)?.[1] ?? null;
}
