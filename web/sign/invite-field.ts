import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { type InviteLink, readInviteLink } from '../../shared/client/invite-link.ts';
import { field } from './fields.ts';
import { StepElement } from './step-element.ts';

/** Asks for the whole invite link. `submit` opens it; `beside`: something else is the page's main action. */
export class InviteField extends StepElement {
	static override properties = {
		...StepElement.properties,
		submit: { attribute: false },
		beside: { attribute: false },
	};
	declare submit: (invite: InviteLink) => Promise<void>;
	declare beside: boolean;

	constructor() {
		super();
		this.beside = false;
	}

	#open(event: Event): void {
		event.preventDefault();
		const typed = this.querySelector<HTMLInputElement>('#invite')?.value ?? '';
		const invite = readInviteLink(typed);
		if (invite) void this.attempt(() => this.submit(invite));
		else void this.show([{ field: 'invite', message: whyNoInvite(typed) }]);
	}

	protected override render(): TemplateResult {
		return html`<form novalidate @submit=${this.#open}>
${this.summary()}
${field(
	{
		id: 'invite',
		label: msg('The link that you were given'),
		hint: msg('From the colleague who told you of the letter. Not the one in the mail.'),
		wrong: this.wrong('invite'),
	},
	(by, invalid) =>
		html`<input id="invite" type="url" inputmode="url" autocomplete="off" spellcheck="false" dir="ltr" aria-describedby=${by || nothing} aria-invalid=${invalid}>`,
)}
${this.mainButton(msg('Continue'), msg('Checking …'), this.beside)}
</form>`;
	}
}

function whyNoInvite(typed: string): string {
	if (/\/v(#|$)/.test(typed.trim()))
		return msg('This is the link in the mail. The one that is needed came from a colleague, and has /l/ in it.');
	if (typed.includes('/l/'))
		return msg(
			'The last part of this link, after the #, is missing or cut short. Ask whoever gave it to you for the whole link.',
		);
	return msg('Paste the whole link, with what follows the #.');
}

customElements.define('invite-field', InviteField);
declare global {
	interface HTMLElementTagNameMap {
		'invite-field': InviteField;
	}
}
