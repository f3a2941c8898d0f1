import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { InviteLink } from '../../shared/client/invite-link.ts';
import './invite-field.ts';
import { StepElement } from './step-element.ts';

/**
 * /s: which letter? `letters`: ids of those that this browser remembers; they are not named, lest somebody look over a shoulder.
 * `openLetter` and `openLink` go on.
 */
export class FindSignature extends StepElement {
	static override properties = {
		...StepElement.properties,
		letters: { attribute: false },
		openLetter: { attribute: false },
		openLink: { attribute: false },
	};
	declare letters: string[];
	declare openLetter: (letter: string) => Promise<void>;
	declare openLink: (invite: InviteLink) => Promise<void>;

	constructor() {
		super();
		this.letters = [];
	}

	override connectedCallback(): void {
		this.replaceChildren();
		super.connectedCallback();
	}

	protected override render(): TemplateResult {
		return html`<main class="flow"><nav><a class="link" href="/">${msg('Back')}</a></nav>
<h1 tabindex="-1">${msg('I have signed')}</h1>
${this.summary()}
${this.#remembered()}
<p>${this.letters.length === 0 ? msg('This browser remembers no letter.') : nothing} ${msg('Open the link that you signed with, or paste it here. You need your twelve words, if you signed on another device.')}</p>
<invite-field .submit=${this.openLink} .beside=${this.letters.length > 0}></invite-field></main>`;
	}

	#remembered(): TemplateResult | typeof nothing {
		const { length } = this.letters;
		if (length === 0) return nothing;
		const label = (i: number) => (length > 1 ? msg(str`Letter ${i + 1}`) : msg('See where it stands'));
		return html`<p>${length > 1 ? msg('This browser remembers these letters.') : msg('This browser remembers a letter.')}</p><div class="stack">${this.letters.map(
			(letter, i) =>
				html`<button class="button ${length > 1 ? 'plain' : ''} wide" type="button" @click=${() => this.attempt(() => this.openLetter(letter))}>${label(i)}</button>`,
		)}</div><h2 class="after">${msg('Another letter')}</h2>`;
	}
}

customElements.define('find-signature', FindSignature);
declare global {
	interface HTMLElementTagNameMap {
		'find-signature': FindSignature;
	}
}
