import { basename } from 'node:path';
import { type Browser, chromium, type Page, type Request } from 'playwright';
import { chromiumFlags, chromiumPath, onlyPages } from './chromium.ts';

export const launch = (): Promise<Browser> =>
	chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags, onlyPages], headless: true });

/** The two sizes that every page is looked at in. */
export const phone = { width: 390, height: 844 };
export const desktop = { width: 1440, height: 900 };

/** The names of its scripts: grows with what the page fetches from now on. */
export function scriptsOf(page: Page, event: 'request' | 'requestfinished'): Set<string> {
	const known = new Set<string>();
	const note = (request: Request) => {
		if (request.resourceType() === 'script') known.add(basename(new URL(request.url()).pathname));
	};
	if (event === 'request') page.on('request', note);
	else page.on('requestfinished', note);
	return known;
}

/** A passkey authenticator of the browser's own that confirms by itself; with PRF unless told otherwise. */
export async function addVirtualAuthenticator(page: Page, { prf = true } = {}): Promise<{ remove(): Promise<void> }> {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('WebAuthn.enable');
	const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			ctap2Version: 'ctap2_1',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
			hasPrf: prf,
		},
	});
	return {
		async remove() {
			await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
		},
	};
}
