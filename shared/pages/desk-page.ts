/** The organizers' desk: a shell in which the island does everything, since the keys live in the browser. In English only. */
import { html } from 'hono/html';
import { speaking } from '../locales/say.ts';
import { ENGLISH } from '../locales/spoken.ts';
import { type Frame, shell } from './shell.ts';

/** @param letterStyle address of the published letter's style sheet, for the rehearsal */
export const deskPage = (frame: Frame, letterStyle: string) =>
	speaking(ENGLISH, () =>
		shell(
			'Desk',
			frame,
			html`<a class="skip" href="#main">Go to the work</a>
<desk-app letter-style="${letterStyle}"><noscript><main class="alone"><h1>The desk needs JavaScript</h1><p>Your keys are made and kept in your browser, never on the server. Turn JavaScript on for this site, or use another browser.</p></main></noscript></desk-app>`,
		),
	);
