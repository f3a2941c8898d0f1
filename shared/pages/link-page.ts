/** The two pages that are nothing without their island: the link from the mail, and "I have signed". */
import { type Frame, shell } from './shell.ts';
import { html, msg } from './words.ts';

/** /v#SECRET. Opening it spends nothing. */
export const mailLinkPage = (frame: Frame) =>
	shell(
		msg('Your code'),
		frame,
		html`<mail-link><noscript><main class="flow"><h1>${msg('Your code')}</h1>
<p>${msg('This page needs JavaScript. Opening it has used nothing up: you can type the code from the mail on the device where you asked for it.')}</p></main></noscript></mail-link>
<sign-flow></sign-flow>`,
	);

/** /s */
export const signedPage = (frame: Frame) =>
	shell(
		msg('Where it stands'),
		frame,
		html`<find-signature><noscript><main class="flow"><h1>${msg('Where it stands')}</h1><p>${msg('This page needs JavaScript: your key never leaves your device.')}</p></main></noscript></find-signature>
<sign-flow></sign-flow>`,
	);
