import { html, nothing, type TemplateResult } from 'lit';
import type { LetterState } from '../../shared/api/signing.ts';
import type { TextDocument } from '../../shared/charter.ts';
import type { OwnSignature } from '../../shared/client/own-signature.ts';
import './letter-text.ts';
import { standingOf, whatWithdrawingDoes } from './standing.ts';
import { StepElement } from './step-element.ts';

const ERASED =
	'The key and everything you typed are erased from this browser. Its history may still list this page; you can clear that in its settings.';

/**
 * "I have signed": where it stands, and what one can still do. `withdraw`, `signAgain`, `byName` and `forget` do what they say.
 * Taking a name off and forgetting are asked about first. `text`: of the letter, to be read before it is signed once more; `earlier`: what was signed, where
 * the text was changed since.
 * @fires StepEvent `step` to `words`, and to `mine` once it is published
 */
export class OwnSignatureElement extends StepElement {
	static override properties = {
		...StepElement.properties,
		own: { attribute: false },
		letter: { attribute: false },
		text: { attribute: false },
		earlier: { attribute: false },
		withdraw: { attribute: false },
		signAgain: { attribute: false },
		byName: { attribute: false },
		forget: { attribute: false },
		asking: { state: true },
	};
	declare own: OwnSignature;
	declare letter: LetterState;
	declare text: TextDocument | null;
	declare earlier: TextDocument | null;
	declare withdraw: () => Promise<void>;
	declare signAgain: () => Promise<void>;
	declare byName: () => Promise<void>;
	declare forget: () => Promise<void>;
	declare asking: 'withdraw' | 'forget' | null;

	constructor() {
		super();
		this.asking = null;
		this.earlier = null;
	}

	protected override updated(): void {
		// Comparing texts is code of its own: it comes only where there is something to compare.
		if (this.earlier !== null) void import('../ui/marked-changes.ts');
	}

	async #ask(what: 'withdraw' | 'forget' | null): Promise<void> {
		this.problems = [];
		this.asking = what;
		await this.updateComplete;
		this.querySelector<HTMLElement>('h1')?.focus();
	}

	#do(work: () => Promise<void>): void {
		void this.attempt(async () => {
			await work();
			await this.#ask(null);
		});
	}

	protected override render(): TemplateResult {
		if (this.asking === 'withdraw')
			return this.#sure('Take your name off?', whatWithdrawingDoes(this.letter), 'Take my name off', this.withdraw);
		if (this.asking === 'forget') {
			const text =
				this.letter === 'abandoned'
					? ERASED
					: 'The key and everything you typed are erased from this browser. Its history may still list this page; you can clear that in its settings. Your signature stays as it is. Without the twelve words you can then no longer take your name off.';
			return this.#sure('Forget it on this device?', text, 'Forget it here', this.forget);
		}
		const { heading, text } = standingOf(this.own, this.letter);
		return html`<h1 tabindex="-1">${heading}</h1>${this.summary()}<p>${text}</p>${this.#actions()}
<p class="small"><a href="/questioned">If you are asked about it at work</a></p>`;
	}

	/** Nothing is left to take a name off; what this browser kept can go. */
	#forgetting(): TemplateResult {
		return html`<button class="button plain wide" type="button" @click=${() => this.#ask('forget')}>Forget it on this device</button>`;
	}

	#sure(heading: string, text: string, label: string, work: () => Promise<void>): TemplateResult {
		return html`<h1 tabindex="-1">${heading}</h1>${this.summary()}<p>${text}</p>
<button class="button wide" type="button" aria-disabled=${this.busy} @click=${() => this.#do(work)}>${this.busy ? 'One moment …' : label}</button>
<p class="after"><button class="link" type="button" @click=${() => this.#ask(null)}>Leave it as it is</button></p>`;
	}

	#changes(): TemplateResult | typeof nothing {
		if (this.earlier === null || this.text === null) return nothing;
		return html`<h2>What was changed</h2><p class="quiet">What was taken out is struck through, what is new is underlined.</p>
<marked-changes .earlier=${this.earlier} .later=${this.text}></marked-changes>`;
	}

	#actions(): TemplateResult {
		if (this.letter === 'abandoned') return this.#forgetting();
		const { own, letter } = this;
		const open = letter === 'open';
		const stands = own.state === 'signed' || own.state === 'published';
		const main =
			open && (own.state === 'withdrawn' || own.state === 'none' || (own.state === 'signed' && !own.current))
				? html`${this.#changes()}${this.text ? html`<letter-text .text=${this.text}></letter-text>` : nothing}<button class="button wide" type="button" @click=${() => this.attempt(this.signAgain)}>${own.state === 'none' ? 'Sign the letter' : 'Sign again'}</button>`
				: nothing;
		const named = open && own.state === 'signed' && own.current && own.shown === 'anonymous';
		return html`${main}<div class="stack after">
${named ? html`<button class="button plain wide" type="button" @click=${() => this.attempt(this.byName)}>Sign by name instead</button>` : nothing}
${own.state === 'published' && letter === 'released' ? html`<button class="button plain wide" type="button" @click=${() => this.go('mine')}>Prove to a journalist that it is mine</button>` : nothing}
${stands ? html`<button class="button plain wide" type="button" @click=${() => this.#ask('withdraw')}>Take my name off</button>` : nothing}
<p class="row"><button class="link" type="button" @click=${() => this.#ask('forget')}>Forget it on this device</button>
<button class="link" type="button" @click=${() => this.go('words')}>Use other words</button></p></div>`;
	}
}

customElements.define('own-signature', OwnSignatureElement);
declare global {
	interface HTMLElementTagNameMap {
		'own-signature': OwnSignatureElement;
	}
}
