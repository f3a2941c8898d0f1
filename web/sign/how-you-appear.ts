import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Appearance } from '../../shared/client/signer-record.ts';
import type { LetterFit } from '../../shared/letter-fit.ts';
import { LIMITS } from '../../shared/limits.ts';
import { seenName } from '../../shared/statement.ts';
import { type AskedFor, askedFor, conditionFields, readCondition } from './condition-fields.ts';
import { field, printedLine } from './fields.ts';
import { language } from './language.ts';
import { nameNotes, roomLeft } from './name-notes.ts';
import { type GroupShown, UNKNOWN_GROUP } from './proving-ways.ts';
import { StepElement } from './step-element.ts';
import { howAnonymous, whatAnonymousMeans, whoSeesName } from './who-sees-you.ts';

const UNKNOWN: LetterFit = {
	...{ proofs: 'mailbox', codeOnly: false, advice: '', organizers: [], threshold: 2, smallestCell: 5, groups: [] },
};

/**
 * Step 2. Nothing is preselected; what belongs to a choice appears under it, and what somebody has to know to choose stands in it.
 * `given`: what was chosen before, or null. `labels`: the charter's. `fit`: what the letter asks to be said. `group`: the name of the one group, null where there
 * are several. `atLeast`, `enough`: today's coarse numbers, and groups in which enough sign anonymously by them. `submit` keeps the choice and goes on.
 */
export class HowYouAppear extends StepElement {
	static override properties = {
		...StepElement.properties,
		given: { attribute: false },
		labels: { attribute: false },
		fit: { attribute: false },
		group: { attribute: false },
		onlyNamed: { attribute: false },
		atLeast: { attribute: false },
		enough: { attribute: false },
		submit: { attribute: false },
		shown: { state: true },
		name: { state: true },
		jobTitle: { state: true },
		label: { state: true },
		asked: { state: true },
	};
	declare given: Appearance | null;
	declare labels: string[];
	declare fit: LetterFit;
	declare group: GroupShown;
	/** Going from anonymous to named. */
	declare onlyNamed: boolean;
	declare atLeast: { signatures: number; named: number };
	declare enough: string[];
	declare submit: (appear: Appearance) => Promise<void>;
	declare shown: Appearance['shown'] | null;
	/** As typed; what is printed of it is `seenName`. */
	declare name: string;
	declare jobTitle: string;
	declare label: string | null;
	declare asked: AskedFor;

	constructor() {
		super();
		this.given = null;
		this.labels = [];
		this.fit = UNKNOWN;
		this.group = UNKNOWN_GROUP;
		this.onlyNamed = false;
		this.atLeast = { signatures: 0, named: 0 };
		this.enough = [];
		this.shown = null;
		this.name = '';
		this.jobTitle = '';
		this.label = null;
		this.asked = askedFor(null);
	}

	override connectedCallback(): void {
		super.connectedCallback();
		// The line below is set in it as one types: fetched only when a letter calls for it, it would tell the host that the name has one.
		void document.fonts.load('1em "Newsreader Extended"', 'Ł').catch(() => {});
		const { given } = this;
		this.shown = this.onlyNamed ? 'named' : (given?.shown ?? null);
		if (given?.shown === 'named') [this.name, this.jobTitle] = [given.name, given.title];
		if (given?.shown === 'anonymous') this.label = given.label;
		this.asked = askedFor(given?.condition ?? null);
	}

	#choose(shown: Appearance['shown']): void {
		this.shown = shown;
		this.problems = [];
	}

	/** What is shown here is what is signed: of a name, what can be seen. */
	#appearance(): Appearance | null {
		const condition = readCondition(this.asked);
		if (this.shown === 'named')
			return { shown: 'named', name: seenName(this.name), title: seenName(this.jobTitle), condition };
		return this.shown && { shown: 'anonymous', label: this.label, condition };
	}

	#continue(event: Event): void {
		event.preventDefault();
		const appear = this.#appearance();
		if (!appear) {
			void this.show([{ field: 'by-name', message: msg('Choose one of the two.') }]);
		} else if (appear.shown === 'named' && appear.name === '') {
			void this.show([{ field: 'name', message: msg('Type your name as it should be printed.') }]);
		} else if (this.asked.least.trim() !== '' && appear.condition === null) {
			void this.show([{ field: 'least', message: msg('Type a whole number from 2 on, or leave it empty.') }]);
		} else {
			void this.attempt(() => this.submit(appear));
		}
	}

	protected override render(): TemplateResult {
		const appear = this.#appearance();
		return html`<form novalidate @submit=${this.#continue}>
<h1 tabindex="-1">${this.onlyNamed ? msg('Sign by name') : msg('How should you appear?')}</h1>
${this.summary()}
${this.onlyNamed ? html`<p>${whoSeesName(this.fit.proofs)}</p>` : this.#choices()}
${this.shown === 'named' ? this.#named() : nothing}
${this.shown === 'anonymous' ? this.#anonymous() : nothing}
${appear ? printedLine(msg('This is the line people will read'), { ...appear, condition: null }, this.group) : nothing}
${appear?.shown === 'named' ? nameNotes(this.name, this.jobTitle) : nothing}
${appear ? this.#condition(appear) : nothing}
${this.mainButton(msg('Continue'), msg('One moment …'))}
</form>`;
	}

	#choices(): TemplateResult {
		const { proofs } = this.fit;
		const choice = (
			id: string,
			shown: Appearance['shown'],
			title: string,
			said: TemplateResult,
		) => html`<label class="choice" for=${id}>
<input type="radio" name="shown" id=${id} aria-labelledby="${id}-title" aria-describedby="${id}-means" .checked=${this.shown === shown} @change=${() => this.#choose(shown)}>
<span><b id="${id}-title">${title}</b><span id="${id}-means">${said}</span></span></label>`;
		return html`<fieldset aria-describedby=${this.wrong('by-name') ? 'by-name-wrong' : nothing}><legend class="visually-hidden">${msg('How should you appear?')}</legend>
${this.wrong('by-name') ? html`<p class="wrong" id="by-name-wrong">${this.wrong('by-name')}</p>` : nothing}
${choice('by-name', 'named', msg('By name'), html`<p>${whoSeesName(proofs)}</p>`)}
${choice('anonymously', 'anonymous', msg('Anonymously'), html`<p>${whatAnonymousMeans(proofs)}</p>${howAnonymous(this.fit, this.enough)}`)}</fieldset>`;
	}

	#named(): TemplateResult {
		const most = msg(str`At most ${LIMITS.nameCharacters.toLocaleString(language())} characters, of any script.`);
		const room = (typed: string) => html`<p class="room" role="status">${roomLeft(typed)}</p>`;
		return html`${field(
			{ id: 'name', label: msg('Your name'), hint: most, wrong: this.wrong('name') },
			(by, invalid) =>
				html`<input id="name" autocomplete="name" spellcheck="false" dir="auto" aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${this.name} @input=${(event: Event) => (this.name = typedIn(event))}>${room(this.name)}`,
		)}${field(
			{
				id: 'title',
				label: msg(html`Your title <span class="quiet plain-weight">(optional)</span>`),
				wrong: this.wrong('title'),
			},
			(by, invalid) =>
				html`<input id="title" autocomplete="organization-title" spellcheck="false" dir="auto" aria-describedby=${by || nothing} aria-invalid=${invalid} .value=${this.jobTitle} @input=${(event: Event) => (this.jobTitle = typedIn(event))}>${room(this.jobTitle)}`,
		)}`;
	}

	#anonymous(): TemplateResult | typeof nothing {
		if (this.labels.length === 0) return nothing;
		const least = this.fit.smallestCell.toLocaleString(language());
		return field(
			{
				id: 'label',
				label: msg(html`What describes you <span class="quiet plain-weight">(optional)</span>`),
				hint: msg(
					str`Shown only if at least ${least} people of your group who sign anonymously share it. Otherwise you are counted without it. The organizers read it in any case, when they open the names.`,
				),
				wrong: this.wrong('label'),
			},
			(by) =>
				html`<select id="label" aria-describedby=${by || nothing} @change=${(event: Event) => (this.label = typedIn(event) || null)}>
<option value="" ?selected=${this.label === null}>${msg('Nothing more')}</option>${this.labels.map((label) => html`<option value=${label} ?selected=${this.label === label}>${label}</option>`)}</select>`,
		);
	}

	#condition({ shown }: Appearance): TemplateResult {
		const fields = conditionFields({
			...{ asked: this.asked, shown, atLeast: this.atLeast, wrong: this.wrong('least') },
			change: (part) => {
				this.asked = { ...this.asked, ...part };
			},
		});
		return html`<details ?open=${(this.given?.condition ?? null) !== null}><summary>${msg('Only if others do too')}</summary>
${fields}</details>`;
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
