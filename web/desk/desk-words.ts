import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { callOf, Refused } from '../../shared/client/call.ts';
import { wordsChecked } from '../../shared/client/organizer.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';

/** Three places in the list, ascending, by the browser's randomness. */
export function placesToAsk(count: number): number[] {
	const places = new Set<number>();
	// 2^32 is so much larger than the count that the remainder is as good as uniform.
	while (places.size < 3) places.add((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % count);
	return [...places].sort((a, b) => a - b);
}

/** `<desk-words>`: shows the 24 words once after enrolling, then asks three of them back. Fires nothing. */
export class DeskWords extends DeskElement {
	static override properties: PropertyDeclarations = { asked: { state: true } };
	/** Places (from 0) that are asked for; null while the words are shown. */
	declare asked: number[] | null;

	constructor() {
		super();
		this.asked = null;
	}

	protected override get needsKeys(): boolean {
		return false;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		window.addEventListener('beforeunload', this.#stay);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		window.removeEventListener('beforeunload', this.#stay);
	}

	/** The browser asks before words go that are shown this once. */
	readonly #stay = (event: BeforeUnloadEvent) => event.preventDefault();

	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		return html`${this.summary()}${this.asked === null ? this.words() : this.questions(this.asked)}`;
	}

	private words(): TemplateResult {
		const { words, wrapped } = this.desk.enrolled ?? { words: [], wrapped: false };
		return html`<h1 tabindex="-1">Write down your 24 words</h1>
			<p>${
				wrapped
					? 'Your passkey opens the desk on this device. The words open it on any other, and when the passkey is lost.'
					: html`<b>Your passkey does not open your keys</b>, so the words are the only way to open them, each time you come to the desk. You can let it try again under “Your keys and devices”.`
			} Nobody can give them to you again. Whoever has them can act as you.</p>
			<ol class="words words-24">${words.map((word) => html`<li>${word}</li>`)}</ol>
			<p class="quiet">On paper, in a place that your employer does not reach. Not in a chat, not on the company’s machine.</p>
			<button class="button" @click=${() => this.ask()}>I have written them down</button>`;
	}

	private questions(places: number[]): TemplateResult {
		return html`<h1 tabindex="-1">Check what you wrote</h1>
			<form @submit=${(event: SubmitEvent) => this.check(event, places)}>
				${places.map(
					(place) => html`<div class="field" ?data-wrong=${this.trouble?.field === `word-${place}`}>
						<label for="word-${place}">Word ${place + 1}</label>
						${this.wrong(`word-${place}`)}
						<input id="word-${place}" autocomplete="off" autocapitalize="none" spellcheck="false" aria-invalid=${this.invalid(`word-${place}`)} />
					</div>`,
				)}
				<button class="button" ?disabled=${this.busy !== ''}>These are my words</button>
				<button class="link" type="button" @click=${() => this.back()}>Show them again</button>
			</form>`;
	}

	private ask(): void {
		this.asked = placesToAsk(this.desk.enrolled?.words.length ?? 24);
		void this.focusHeading();
	}

	private back(): void {
		this.asked = null;
		this.trouble = null;
		void this.focusHeading();
	}

	private check(event: SubmitEvent, places: number[]): Promise<boolean> {
		event.preventDefault();
		return this.run('check', async () => {
			const { enrolled } = this.desk;
			if (enrolled === null) return;
			for (const place of places) {
				const typed = this.querySelector<HTMLInputElement>(`#word-${place}`)?.value.trim().toLowerCase();
				if (typed !== enrolled.words[place]) {
					throw new FormTrouble(`word-${place}`, `Word ${place + 1} is another one. Look at your paper again.`);
				}
			}
			// Where the session ended meanwhile, the words are on paper all the same: the desk asks to log in.
			await wordsChecked(callOf(this.desk.parts.call, enrolled.organizer.id)).catch((failure: unknown) => {
				if (!(failure instanceof Refused && failure.status === 401)) throw failure;
			});
			this.desk.enrolled = null;
			await this.desk.entered(enrolled.organizer);
		});
	}
}

customElements.define('desk-words', DeskWords);
