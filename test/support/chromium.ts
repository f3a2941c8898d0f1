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

/**
 * Without what each window of Chromium prepares beside its page (the suggestions of its address bar, a renderer to spare): every person of a story has a
 * window of their own, and each cost twice the processor time. Not for judges of speed. The last list counts alone, so that Playwright's own stands in it, too.
 */
export const onlyPages: string = `--disable-features=${[
	...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'SpareRendererForSitePerProcess'],
	...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'LensOverlay'],
	...['HttpsFirstBalancedModeAutoEnable', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
	...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
	'PreconnectToSearch',
].join()}`;
