import { html, nothing, type TemplateResult } from 'lit';
import { type InviteLink, readInviteLink } from '../../shared/client/invite-link.ts';
import { field } from './fields.ts';
import { StepElement } from './step-element.ts';

/** Asks for the whole invite link. `submit` opens it. */
export class InviteField extends StepElement {
	static override properties = { ...StepElement.properties, submit: { attribute: false } };
	declare submit: (invite: InviteLink) => Promise<void>;

	#open(event: Event): void {
		event.preventDefault();
		const invite = readInviteLink(this.querySelector<HTMLInputElement>('#invite')?.value ?? '');
		if (invite) void this.attempt(() => this.submit(invite));
		else void this.show([{ field: 'invite', message: 'Paste the whole link, with what follows the #.' }]);
	}

	protected override render(): TemplateResult {
		return html`<form novalidate @submit=${this.#open}>
${this.summary()}
${field(
	{
		id: 'invite',
		label: 'The link that you were given',
		hint: 'From the colleague who told you of the letter. Not the one in the mail.',
		wrong: this.wrong('invite'),
	},
	(by, invalid) =>
		html`<input id="invite" type="url" inputmode="url" autocomplete="off" spellcheck="false" dir="ltr" aria-describedby=${by || nothing} aria-invalid=${invalid}>`,
)}
${this.mainButton('Continue', 'Checking …')}
</form>`;
	}
}

customElements.define('invite-field', InviteField);
declare global {
	interface HTMLElementTagNameMap {
		'invite-field': InviteField;
	}
}
