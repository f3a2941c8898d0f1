import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { spell } from '../../shared/pages/numbers.ts';
import { field } from './fields.ts';
import { saveDates } from './save-dates.ts';
import { StepElement } from './step-element.ts';

/** What the words are for, and what whoever does without them relies on. */
const kept = () =>
	msg(
		'With these words you can take your name off, on any device. Without them, only in this browser, and only for as long as it keeps its data: private windows forget it when they are closed, Safari after a week without a visit. Open the same link at any time to see where the letter stands.',
	);
const notKept = () =>
	msg(
		html`<b>This browser keeps nothing.</b> Only with these words can you take your name off later. Open the same link at any time to see where the letter stands.`,
	);

/** Ascending, from 0, by the browser's randomness. 2^32 is so much larger than the count that the remainder is as good as uniform. */
function twoPlaces(count: number): number[] {
	const places = new Set<number>();
	while (places.size < Math.min(2, count)) places.add((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % count);
	return [...places].sort((a, b) => a - b);
}

/**
 * Step 5. `words`: shown this once, for those who want them; two of them are asked back of those who wrote them down. `lasting`: whether this browser keeps the key; if not, the words are the only
 * way back. `calendar`: the text of a calendar file. `finish` goes on. `erase` erases what this site keeps in the browser, and leaves; null where that is not offered.
 */
export class AllDone extends StepElement {
	static override properties = {
		...StepElement.properties,
		words: { attribute: false },
		lasting: { attribute: false },
		calendar: { attribute: false },
		finish: { attribute: false },
		erase: { attribute: false },
		asked: { state: true },
	};
	declare words: string[];
	declare lasting: boolean;
	declare calendar: string;
	declare finish: () => Promise<void>;
	declare erase: (() => Promise<void>) | null;
	/** Places (from 0) that are asked for; null while the words are shown. */
	declare asked: number[] | null;

	constructor() {
		super();
		this.erase = null;
		this.asked = null;
	}

	#finish(): void {
		void this.attempt(() => this.finish());
	}

	async #ask(asked: number[] | null): Promise<void> {
		this.problems = [];
		this.asked = asked;
		await this.updateComplete;
		this.querySelector<HTMLElement>('h1')?.focus();
	}

	#check(event: Event, places: number[]): void {
		event.preventDefault();
		const typed = (place: number) => this.querySelector<HTMLInputElement>(`#word-${place}`)?.value.trim().toLowerCase();
		const wrong = places.filter((place) => typed(place) !== this.words[place]);
		if (wrong.length === 0) this.#finish();
		else
			void this.show(
				wrong.map((place) => ({
					field: `word-${place}`,
					message: msg(str`Word ${spell(place + 1)} is another one. Look at your paper again.`),
				})),
			);
	}

	#erasing(): TemplateResult | typeof nothing {
		const { erase } = this;
		if (erase === null) return nothing;
		return html`<details><summary>${msg('Erase what this site kept in this browser')}</summary>
<p>${msg(html`This goes for <b>every letter on this site</b>, not only for this one: keys that this browser kept of letters that you signed before are gone, and without their twelve words you can no longer take your name off those. If you organize a letter, you are logged out. The browser’s history stays as it is. Write the words down first: the page closes.`)}</p>
<button class="button plain wide" type="button" aria-disabled=${this.busy} @click=${() => this.attempt(erase)}>${msg('Erase it all and leave')}</button></details>`;
	}

	#questions(places: number[]): TemplateResult {
		return html`<form novalidate autocomplete="off" @submit=${(event: Event) => this.#check(event, places)}>
<h1 tabindex="-1">${msg('Check what you wrote')}</h1>
${this.summary()}
${places.map((place) =>
	field(
		{ id: `word-${place}`, label: msg(str`Word ${spell(place + 1)}`), wrong: this.wrong(`word-${place}`) },
		(by, invalid) =>
			html`<input id="word-${place}" type="text" autocapitalize="none" autocomplete="off" spellcheck="false" dir="ltr" lang="en" aria-describedby=${by || nothing} aria-invalid=${invalid}>`,
	),
)}
${this.mainButton(msg('These are my words'), msg('One moment …'))}
<p class="row after"><button class="link" type="button" @click=${() => this.#ask(null)}>${msg('Show them again')}</button>
${this.lasting ? html`<button class="link" type="button" @click=${this.#finish}>${msg('Finish without the words')}</button>` : nothing}</p></form>`;
	}

	protected override render(): TemplateResult {
		if (this.asked !== null) return this.#questions(this.asked);
		return html`<h1 tabindex="-1">${msg('You have signed')}</h1>
<p>${this.lasting ? kept() : notKept()}</p>
<ol class="words" aria-label=${msg('Your twelve words')} translate="no" lang="en">${this.words.map((word) => html`<li>${word}</li>`)}</ol>
<p class="quiet">${msg('Write them on paper, if you want them. They are shown this once. Whoever holds them can prove that you signed, or take your name off: no screenshot, and nobody needs them from you, we included.')}</p>
${this.summary()}
<button class="button wide" type="button" @click=${() => this.#ask(twoPlaces(this.words.length))}>${msg('I have written them down')}</button>
<p class="row after">${this.lasting ? html`<button class="link" type="button" @click=${this.#finish}>${msg('Finish without the words')}</button>` : nothing}
<button class="link" type="button" @click=${() => print()}>${msg('Print the words alone')}</button>
${this.calendar === '' ? nothing : html`<button class="link" type="button" @click=${() => saveDates(this.calendar)}>${msg('Add the dates to my calendar')}</button>`}</p>
<p class="small">${msg(html`<a href="/questioned" target="_blank" rel="noopener">If you are asked about it at work</a> <span class="quiet">(opens beside this page)</span>`)}</p>
${this.#erasing()}`;
	}
}

customElements.define('all-done', AllDone);
declare global {
	interface HTMLElementTagNameMap {
		'all-done': AllDone;
	}
}
