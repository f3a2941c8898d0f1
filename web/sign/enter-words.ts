import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { field } from './fields.ts';
import { StepElement } from './step-element.ts';

/**
 * Twelve words from paper. `submit` takes them onto this device and says where the signature stands.
 * `replaces`: this browser holds a key for this letter already, which they take the place of.
 * @fires StepEvent `step` to `lost`
 */
export class EnterWords extends StepElement {
	static override properties = {
		...StepElement.properties,
		submit: { attribute: false },
		replaces: { attribute: false },
	};
	declare submit: (words: string) => Promise<void>;
	declare replaces: boolean;

	constructor() {
		super();
		this.replaces = false;
	}

	#use(event: Event): void {
		event.preventDefault();
		const words = this.querySelector<HTMLTextAreaElement>('#words')?.value ?? '';
		if (words.trim() === '') void this.show([{ field: 'words', message: msg('Type your twelve words.') }]);
		else void this.attempt(() => this.submit(words));
	}

	protected override render(): TemplateResult {
		return html`<form novalidate @submit=${this.#use} autocomplete="off">
<h1 tabindex="-1">${msg('I have signed')}</h1>
${this.summary()}
<p>${
			this.replaces
				? msg(
						'This browser has a key for this letter already. The words that you type take its place. Without the words of that key you can then no longer take off what was signed with it.',
					)
				: msg(
						'This browser holds no signature for this letter. If you wrote down twelve words when you signed, type them here.',
					)
		} ${msg('They stay on this device.')}</p>
${field(
	{
		id: 'words',
		label: msg('Your twelve words'),
		hint: msg('In their order. Blanks part them.'),
		wrong: this.wrong('words'),
	},
	(by, invalid) =>
		html`<textarea id="words" rows="4" autocapitalize="none" autocomplete="off" spellcheck="false" dir="ltr" lang="en" aria-describedby=${by || nothing} aria-invalid=${invalid}></textarea>`,
)}
${this.mainButton(msg('See where it stands'), msg('Looking …'))}
<p><button class="link" type="button" @click=${() => this.go('lost')}>${msg('I do not have the words any more')}</button></p>
</form>`;
	}
}

customElements.define('enter-words', EnterWords);
declare global {
	interface HTMLElementTagNameMap {
		'enter-words': EnterWords;
	}
}
