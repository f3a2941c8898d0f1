import { html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { LIMITS } from '../../shared/limits.ts';
import { type MixedWord, mixedWords } from '../../shared/mixed-letters.ts';
import { conditionToday } from './condition-today.ts';
import { field, printedLine } from './fields.ts';
import { StepElement } from './step-element.ts';

/**
 * Step 2. Nothing is preselected; what belongs to a choice appears under it.
 * `given`: what was chosen before, or null. `labels`, `smallestCell`: the charter's. `group`: the name of the one group, null where there
 * are several. `atLeast`: today's coarse numbers. `submit` keeps the choice and goes on.
 */
export class HowYouAppear extends StepElement {
	static override properties = {
		...StepElement.properties,
		given: { attribute: false },
		labels: { attribute: false },
		smallestCell: { attribute: false },
		group: { attribute: false },
		onlyNamed: { attribute: false },
		atLeast: { attribute: false },
		submit: { attribute: false },
		shown: { state: true },
		name: { state: true },
		jobTitle: { state: true },
		label: { state: true },
	};
	declare given: Appearance | null;
	declare labels: string[];
	declare smallestCell: number;
	declare group: string | null;
	/** Going from anonymous to named. */
	declare onlyNamed: boolean;
	declare atLeast: { signatures: number; named: number };
	declare submit: (appear: Appearance) => Promise<void>;
	declare shown: Appearance['shown'] | null;
	declare name: string;
	declare jobTitle: string;
	declare label: string | null;

	constructor() {
		super();
		this.given = null;
		this.labels = [];
		this.smallestCell = 5;
		this.group = null;
		this.onlyNamed = false;
		this.atLeast = { signatures: 0, named: 0 };
		this.shown = null;
		this.name = '';
		this.jobTitle = '';
		this.label = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		const { given } = this;
		this.shown = this.onlyNamed ? 'named' : (given?.shown ?? null);
		if (given?.shown === 'named') [this.name, this.jobTitle] = [given.name, given.title];
		if (given?.shown === 'anonymous') this.label = given.label;
	}

	#choose(shown: Appearance['shown']): void {
		this.shown = shown;
		this.problems = [];
	}

	#appearance(): Appearance | null {
		const condition = this.#condition();
		if (this.shown === 'named') return { shown: 'named', name: this.name, title: this.jobTitle, condition };
		return this.shown && { shown: 'anonymous', label: this.label, condition };
	}

	#least(): string {
		return this.querySelector<HTMLInputElement>('#least')?.value.trim() ?? '';
	}

	#condition(): Appearance['condition'] {
		const whole = /^\d{1,7}$/.test(this.#least()) ? Number(this.#least()) : 0;
		if (whole < 2 || whole > LIMITS.condition) return null;
		return this.querySelector<HTMLSelectElement>('#of-whom')?.value === 'named'
			? { named: whole }
			: { signatures: whole };
	}

	#continue(event: Event): void {
		event.preventDefault();
		const appear = this.#appearance();
		if (!appear) {
			void this.show([{ field: 'by-name', message: 'Choose one of the two.' }]);
		} else if (appear.shown === 'named' && appear.name.trim() === '') {
			void this.show([{ field: 'name', message: 'Type your name as it should be printed.' }]);
		} else if (this.#least() !== '' && appear.condition === null) {
			void this.show([{ field: 'least', message: 'Type a whole number from 2 on, or leave it empty.' }]);
		} else {
			void this.attempt(() => this.submit(appear));
		}
	}

	protected override render(): TemplateResult {
		const appear = this.#appearance();
		return html`<form novalidate @submit=${this.#continue}>
<h1 tabindex="-1">${this.onlyNamed ? 'Sign by name' : 'How should you appear?'}</h1>
${this.summary()}
${this.onlyNamed ? this.#said('named') : this.#choices()}
${this.shown === 'named' ? this.#named() : nothing}
${this.shown === 'anonymous' ? this.#anonymous() : nothing}
${appear ? printedLine('This is the line people will read', appear, this.group) : nothing}
${appear?.shown === 'named' ? this.#mixed(mixedWords(`${this.name} ${this.jobTitle}`)) : nothing}
${appear ? this.#conditions() : nothing}
${this.mainButton('Continue', 'One moment …')}
</form>`;
	}

	#choices(): TemplateResult {
		const choice = (id: string, shown: Appearance['shown'], title: string) => html`<label class="choice" for=${id}>
<input type="radio" name="shown" id=${id} aria-labelledby="${id}-title" aria-describedby="${id}-means" .checked=${this.shown === shown} @change=${() => this.#choose(shown)}>
<span><b id="${id}-title">${title}</b><span id="${id}-means">${this.#said(shown)}</span></span></label>`;
		return html`<fieldset aria-describedby=${this.wrong('by-name') ? 'by-name-wrong' : nothing}><legend class="visually-hidden">How should you appear?</legend>
${this.wrong('by-name') ? html`<p class="wrong" id="by-name-wrong">${this.wrong('by-name')}</p>` : nothing}
${choice('by-name', 'named', 'By name')}${choice('anonymously', 'anonymous', 'Anonymously')}</fieldset>`;
	}

	#said(shown: Appearance['shown']): TemplateResult {
		return shown === 'named'
			? html`<p>First the organizers see your name, title and work address, when they check the list together. Then invited journalists see name and title. At the release, everybody does.</p>`
			: html`<p>You are counted as someone who works there. We never ask your name, and what we keep does not match a mailbox to a signature.</p>`;
	}

	#named(): TemplateResult {
		return html`${field(
			{ id: 'name', label: 'Your name', wrong: this.wrong('name') },
			(by, invalid) =>
				html`<input id="name" autocomplete="name" dir="auto" maxlength="160" aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${this.name} @input=${(event: Event) => (this.name = typedIn(event))}>`,
		)}${field(
			{
				id: 'title',
				label: html`Your title <span class="quiet plain-weight">(optional)</span>`,
				wrong: this.wrong('title'),
			},
			(by, invalid) =>
				html`<input id="title" autocomplete="organization-title" dir="auto" maxlength="160" aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${this.jobTitle} @input=${(event: Event) => (this.jobTitle = typedIn(event))}>`,
		)}`;
	}

	/** Pointed out, not refused: whoever is called so goes on. */
	#mixed(words: MixedWord[]): TemplateResult | typeof nothing {
		if (words.length === 0) return nothing;
		return html`<div class="note" role="status">${words.map(
			({ word, script, letters }) =>
				html`<p>In “<bdi>${word}</bdi>” stands ${letters.length === 1 ? 'a letter' : 'letters'} of the ${script} alphabet: <bdi>${letters.join(' ')}</bdi>. Readers may take it for a Latin one, and who checks the names may take it for a trick. If it is a slip, type the word again.</p>`,
		)}</div>`;
	}

	#anonymous(): TemplateResult {
		const least = this.smallestCell;
		return html`<p class="note">If fewer than ${least} people of your group sign anonymously, they could be guessed. Then none of them is listed.</p>
${
	this.labels.length === 0
		? nothing
		: field(
				{
					id: 'label',
					label: html`What describes you <span class="quiet plain-weight">(optional)</span>`,
					hint: `Shown only if at least ${least} people share it. Otherwise you are counted without it.`,
					wrong: this.wrong('label'),
				},
				(by) =>
					html`<select id="label" aria-describedby=${by || nothing} @change=${(event: Event) => (this.label = typedIn(event) || null)}>
<option value="" ?selected=${this.label === null}>Nothing more</option>${this.labels.map((label) => html`<option value=${label} ?selected=${this.label === label}>${label}</option>`)}</select>`,
			)
}`;
	}

	#conditions(): TemplateResult {
		const given = this.given?.condition ?? null;
		const least = given === null ? '' : String('named' in given ? given.named : given.signatures);
		return html`<details ?open=${given !== null}><summary>Only if others do too</summary>
<p>Your signature then counts only if enough others sign. If not, it lapses: what you sealed is erased, and nothing of you is shown. Leave it empty to sign in any case.</p>
${field(
	{ id: 'least', label: 'At least this many, you included', wrong: this.wrong('least') },
	(by, invalid) =>
		html`<input id="least" class="short" type="text" inputmode="numeric" pattern="[0-9]*" autocomplete="off" @input=${() => this.requestUpdate()} aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${least}>`,
)}
${field(
	{ id: 'of-whom', label: 'Who is counted', wrong: null },
	() =>
		html`<select id="of-whom" @change=${() => this.requestUpdate()}><option value="signatures">Everybody who signs</option><option value="named" ?selected=${given !== null && 'named' in given}>Those who sign by name</option></select>`,
)}
<p class="small" role="status">${conditionToday(this.querySelector('#least') ? this.#condition() : given, this.atLeast)}</p>
<p class="hint">It is counted when signing ends, and once more when the organizers approve the list. Later withdrawals do not change it. ${this.shown === 'named' ? 'If it fails only then, the organizers have seen your name, and it is not published.' : ''}</p></details>`;
	}
}

const typedIn = (event: Event): string => {
	const { target } = event;
	return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';
};

customElements.define('how-you-appear', HowYouAppear);
declare global {
	interface HTMLElementTagNameMap {
		'how-you-appear': HowYouAppear;
	}
}
