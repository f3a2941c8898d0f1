/** The invite link: `ORIGIN/l/LINK#ROOT`. The fragment never reaches the server. */

export type InviteLink = { link: string; root: string };

const LINK = /(?:^|\/)l\/([A-Za-z0-9_-]{22})#([A-Za-z0-9_-]{43})$/;
const ROOT = /^#([A-Za-z0-9_-]{43})$/;

/** @param root b64u of the first charter's fingerprint */
export function writeInviteLink(origin: string, link: string, root: string): string {
	return `${origin}/l/${link}#${root}`;
}

/** Of a whole link as pasted, or from `/l/` on. Null when it is no invite link, or lacks its last part. */
export function readInviteLink(typed: string): InviteLink | null {
	const [, link, root] = LINK.exec(typed.trim()) ?? [];
	return link !== undefined && root !== undefined ? { link, root } : null;
}

/** @param fragment of the address bar, with its `#`; null when it is missing or cut short */
export function readFragment(fragment: string): string | null {
	return ROOT.exec(fragment)?.[1] ?? null;
}
