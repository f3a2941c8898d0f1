import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { LetterState, LetterView, Restored } from '../../shared/api/signing.ts';
import type { TextDocument } from '../../shared/charter.ts';
import type { OwnSignature } from '../../shared/client/own-signature.ts';
import { conditionInWords, conditionMet, countToday, verdictInWords } from './condition-today.ts';
import './letter-text.ts';
import { afterRestoring } from './restored.ts';
import { saveDates } from './save-dates.ts';
import { standingOf, stillComing, whatWithdrawingDoes } from './standing.ts';
import { StepElement } from './step-element.ts';

/**
 * "I have signed": where it stands, and what one can still do. `withdraw`, `signAgain`, `byName` and `forget` do what they say; `look` asks the server anew.
 * Taking a name off and forgetting are asked about first. `text`: of the letter, to be read before it is signed once more; `earlier`: what was signed, where
 * the text was changed since. `atLeast`: how many signed, coarsely, for a signature with a condition. `calendar`: the text of a calendar file with the dates that are
 * still to come; empty without any. `restored`: from a copy, while people signed.
 * @fires StepEvent `step` to `words`, and to `mine` once it is published
 */
export class OwnSignatureElement extends StepElement {
	static override properties = {
		...StepElement.properties,
		own: { attribute: false },
		letter: { attribute: false },
		text: { attribute: false },
		earlier: { attribute: false },
		atLeast: { attribute: false },
		calendar: { attribute: false },
		restored: { attribute: false },
		withdraw: { attribute: false },
		signAgain: { attribute: false },
		byName: { attribute: false },
		forget: { attribute: false },
		look: { attribute: false },
		asking: { state: true },
	};
	declare own: OwnSignature;
	declare letter: LetterState;
	declare text: TextDocument | null;
	declare earlier: TextDocument | null;
	declare atLeast: LetterView['atLeast'];
	declare calendar: string;
	declare restored: Restored;
	declare withdraw: () => Promise<void>;
	declare signAgain: () => Promise<void>;
	declare byName: () => Promise<void>;
	declare forget: () => Promise<void>;
	declare look: () => Promise<void>;
	declare asking: 'withdraw' | 'forget' | null;

	constructor() {
		super();
		this.asking = null;
		this.earlier = null;
		this.text = null;
		this.atLeast = { signatures: 0, named: 0 };
		this.calendar = '';
		this.restored = null;
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
			return this.#sure(
				msg('Take your name off?'),
				whatWithdrawingDoes(this.own, this.letter),
				msg('Take my name off'),
				this.withdraw,
			);
		if (this.asking === 'forget')
			return this.#sure(
				msg('Forget it on this device?'),
				whatForgettingDoes(this.letter),
				msg('Forget it here'),
				this.forget,
			);
		const { heading, text } = standingOf(this.own, this.letter);
		return html`<h1 tabindex="-1">${heading}</h1>${this.summary()}<p>${text}</p>${afterRestoring(this.own, this.letter, this.restored).map((said) => html`<p>${said}</p>`)}${this.#coming()}${this.#about()}${this.#actions()}
<p class="small"><a href="/questioned">${msg('If you are asked about it at work')}</a></p>`;
	}

	/** What may still arrive, and beside it what can be done about that: above the text of the letter, which is long. */
	#coming(): TemplateResult | typeof nothing {
		const { own } = this;
		const said = stillComing(own);
		if (said.length === 0) return nothing;
		const look = html`<button class="button plain wide" type="button" aria-disabled=${this.busy} @click=${() => this.attempt(this.look)}>${this.busy ? msg('One moment …') : msg('Look again')}</button>`;
		return html`<div class="note">${said.map((one) => html`<p>${one}</p>`)}${own.state === 'none' ? look : own.state === 'withdrawn' ? this.#takeOff() : nothing}</div>`;
	}

	#takeOff(): TemplateResult {
		return html`<button class="button plain wide" type="button" @click=${() => void this.#ask('withdraw')}>${msg('Take my name off')}</button>`;
	}

	/** Of a signature that stands under the letter's present text: which one it is, and on what condition. */
	#about(): TemplateResult | typeof nothing {
		const { own, text } = this;
		if (own.state === 'none' || !own.current || (own.state !== 'signed' && own.state !== 'published')) return nothing;
		return html`${this.#condition(own)}${text ? html`<letter-text .text=${text}></letter-text>` : nothing}`;
	}

	#condition({ condition, shown }: Exclude<OwnSignature, { state: 'none' }>): TemplateResult | typeof nothing {
		if (condition === undefined || shown === null || this.letter !== 'open') return nothing;
		const verdict = verdictInWords(conditionMet(condition, shown, this.atLeast));
		return html`<p>${conditionInWords(condition, shown)} ${countToday(this.atLeast)} ${verdict}</p>
<p class="quiet">${msg('It is settled when signing ends, and again when the organizers approve the list. Unmet, your signature is not listed.')}</p>`;
	}

	#sure(heading: string, text: string, label: string, work: () => Promise<void>): TemplateResult {
		return html`<h1 tabindex="-1">${heading}</h1>${this.summary()}<p>${text}</p>
<button class="button wide" type="button" aria-disabled=${this.busy} @click=${() => this.#do(work)}>${this.busy ? msg('One moment …') : label}</button>
<p class="after"><button class="link" type="button" @click=${() => this.#ask(null)}>${msg('Leave it as it is')}</button></p>`;
	}

	#changes(): TemplateResult | typeof nothing {
		if (this.earlier === null || this.text === null) return nothing;
		return html`<h2>${msg('What was changed')}</h2><p class="quiet">${msg('What was taken out is struck through, what is new is underlined.')}</p>
<marked-changes .earlier=${this.earlier} .later=${this.text}></marked-changes>`;
	}

	/** To sign, or to sign once more: the text first. */
	#signing(): TemplateResult | typeof nothing {
		const { own } = this;
		const may = own.state === 'withdrawn' || own.state === 'none' || (own.state === 'signed' && !own.current);
		if (this.letter !== 'open' || !may) return nothing;
		return html`${this.#changes()}${this.text ? html`<letter-text .text=${this.text}></letter-text>` : nothing}<button class="button wide" type="button" @click=${() => this.attempt(this.signAgain)}>${own.state === 'none' ? msg('Sign the letter') : msg('Sign again')}</button>`;
	}

	#actions(): TemplateResult {
		const plain = (label: string, press: () => void) =>
			html`<button class="button plain wide" type="button" @click=${press}>${label}</button>`;
		const forget = () => void this.#ask('forget');
		// Nothing is left to take a name off; what this browser kept can go.
		if (this.letter === 'abandoned') return plain(msg('Forget it on this device'), forget);
		const { own, letter } = this;
		const stands = own.state === 'signed' || own.state === 'published';
		const named = letter === 'open' && own.state === 'signed' && own.current && own.shown === 'anonymous';
		const mine = own.state === 'published' && letter === 'released';
		return html`${this.#signing()}<div class="stack after">
${named ? plain(msg('Sign by name instead'), () => void this.attempt(this.byName)) : nothing}
${mine ? plain(msg('Prove to a journalist that it is mine'), () => this.go('mine')) : nothing}
${stands ? this.#takeOff() : nothing}
<p class="row">${stands && this.calendar !== '' ? html`<button class="link" type="button" @click=${() => saveDates(this.calendar)}>${msg('Add the dates to my calendar')}</button>` : nothing}
<button class="link" type="button" @click=${forget}>${msg('Forget it on this device')}</button>
<button class="link" type="button" @click=${() => this.go('words')}>${msg('Use other words')}</button></p></div>`;
	}
}

function whatForgettingDoes(letter: LetterState): string {
	return letter === 'abandoned'
		? msg(
				'The key and everything you typed are erased from this browser. Its history may still list this page; you can clear that in its settings.',
			)
		: msg(
				'The key and everything you typed are erased from this browser. Its history may still list this page; you can clear that in its settings. Your signature stays as it is. Without the twelve words you can then no longer take your name off.',
			);
}

customElements.define('own-signature', OwnSignatureElement);
declare global {
	interface HTMLElementTagNameMap {
		'own-signature': OwnSignatureElement;
	}
}
