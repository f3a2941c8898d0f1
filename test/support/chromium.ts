import { existsSync } from 'node:fs';

/** Debian's Chromium, or the one that CHROMIUM names. Test tools must not download a browser of their own. */
export const chromiumPath = (): string =>
	process.env.CHROMIUM ??
	['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ??
	'/usr/bin/chromium';

/** Keeps the browser from talking to anybody but the server under test. */
export const chromiumFlags: string[] = [
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-quic',
	'--no-first-run',
	// Chromium's sandbox refuses to run as root, as in most CI containers.
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
