import { type Browser, chromium, type Page } from 'playwright';
import { chromiumFlags, chromiumPath, onlyPages } from './chromium.ts';

export const launch = (): Promise<Browser> =>
	chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags, onlyPages], headless: true });

/** The two sizes that every page is looked at in. */
export const phone = { width: 390, height: 844 };
export const desktop = { width: 1440, height: 900 };

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
