/** What a signer sees and presses on the pages of signing. */
import type { Page } from 'playwright';

/** Waits for a step, by its heading. */
export const heading = (page: Page, name: string) =>
	page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
