import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { Refused, Unanswered } from '../../shared/client/call.ts';
import { SeedLocked } from '../../shared/client/organizer.ts';
import { Fault } from '../../shared/fault.ts';
import type { Desk } from './desk.ts';

/** `field`: id of the input that it is about, for the summary's link. */
export type Trouble = { message: string; field: string | null };

type Done = () => boolean;

/** For the form's own checks: says what to do, and at which input. */
export class FormTrouble extends Error {
	readonly field: string | null;

	/** @param field null where it is about no single one */
	constructor(field: string | null, message: string) {
		super(message);
		this.field = field;
	}
}

/**
 * What every element of the desk shares: the desk, one act at a time, and an error summary that takes the focus. In the light DOM, so
 * that the one style sheet holds and labels reach their inputs.
 */
export class DeskElement extends LitElement {
	static override properties: PropertyDeclarations = {
		desk: { attribute: false },
		busy: { state: true },
		trouble: { state: true },
	};
	declare desk: Desk;
	/** Name of the act under way, '' for none. */
	declare busy: string;
	declare trouble: Trouble | null;
	readonly #changed = () => this.requestUpdate();
	/** Of the act that failed last: whether the desk shows that it was done all the same. */
	#done: Done = () => false;
	#late: () => void = () => {};
	#watched: Desk | null = null;

	constructor() {
		super();
		this.busy = '';
		this.trouble = null;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override willUpdate(): void {
		this.#settle();
		if (this.#watched === this.desk) return;
		this.#watched?.removeEventListener('change', this.#changed);
		this.#watched = this.desk;
		this.#watched.addEventListener('change', this.#changed);
	}

	/** Only who comes in is shown something before the keys are unlocked. */
	protected get needsKeys(): boolean {
		return true;
	}

	/** When a session ends, elements about to be removed are told too; they have nothing to show any more. */
	protected override shouldUpdate(): boolean {
		if (this.desk === undefined) return false;
		return !this.needsKeys || (this.desk.organizer !== null && this.desk.view !== null);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#watched?.removeEventListener('change', this.#changed);
		this.#watched = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.requestUpdate();
	}

	/** An answer may be lost of what was done: once the desk shows it, nothing says any more that it did not work. */
	#settle(): void {
		if (this.trouble === null || this.busy !== '' || !this.#done()) return;
		this.trouble = null;
		this.#late();
		const summary = this.querySelector('.errors');
		if (summary === null || summary !== document.activeElement) return;
		void this.updateComplete.then(() => this.querySelector<HTMLElement>('[tabindex="-1"]')?.focus());
	}

	/**
	 * Runs one act; its failure becomes the summary. `done`: whether the desk shows that it was done, whatever became of the answer; `late` follows where that shows later only.
	 * @returns whether it went well
	 */
	protected async run(
		name: string,
		work: () => Promise<unknown>,
		done: Done = () => false,
		late = () => {},
	): Promise<boolean> {
		if (this.busy !== '') return false;
		this.busy = name;
		this.trouble = null;
		try {
			await work();
			return true;
		} catch (failure) {
			if (this.desk.view !== null && this.desk.organizer !== null && done()) return true;
			this.#done = done;
			this.#late = late;
			this.trouble = explain(failure);
			await this.updateComplete;
			this.querySelector<HTMLElement>('.errors')?.focus();
			return false;
		} finally {
			this.busy = '';
		}
	}

	/** Stands at the top of what failed, and leads to the input, wherever on the desk it is. */
	protected summary(): TemplateResult | typeof nothing {
		if (this.trouble === null) return nothing;
		const { message, field } = this.trouble;
		const go = (event: Event) => {
			event.preventDefault();
			(this.querySelector<HTMLElement>(`#${field}`) ?? document.getElementById(field ?? ''))?.focus();
		};
		return html`<div class="errors" role="alert" tabindex="-1">
			<h2>That did not work</h2>
			${field === null ? html`<p>${message}</p>` : html`<ul><li><a href="#${field}" @click=${go}>${message}</a></li></ul>`}
		</div>`;
	}

	/** Beside the input, the same words. */
	protected wrong(field: string): TemplateResult | typeof nothing {
		if (this.trouble?.field !== field) return nothing;
		return html`<p class="wrong" id="${field}-wrong">${this.trouble.message}</p>`;
	}

	protected invalid(field: string): 'true' | 'false' {
		return this.trouble?.field === field ? 'true' : 'false';
	}

	/** Focus goes to the heading of what has just appeared. */
	protected focusHeading(): Promise<void> {
		return this.focusOn('h1');
	}

	/** Whoever pressed a button that goes is not sent back to the top of the page. */
	protected async focusOn(selector: string): Promise<void> {
		await this.updateComplete;
		this.querySelector<HTMLElement>(selector)?.focus();
	}
}

/** Only messages written for people are shown; anything else was a fault of ours. */
function explain(failure: unknown): Trouble {
	if (failure instanceof FormTrouble) return { message: failure.message, field: failure.field };
	const known = failure instanceof Refused || failure instanceof Unanswered || failure instanceof SeedLocked;
	if (known || failure instanceof Fault) return { message: failure.message, field: null };
	if (failure instanceof Error && (failure.name === 'NotAllowedError' || failure.name === 'AbortError')) {
		return {
			message: 'The passkey prompt was closed, or took too long. Try again, or use your 24 words.',
			field: null,
		};
	}
	if (failure instanceof Error && failure.name === 'InvalidStateError') {
		return {
			message:
				'This device already has a passkey for you here. Log in with it instead; under “Your keys and devices” it can be let open your keys.',
			field: null,
		};
	}
	console.error(failure);
	return {
		message: 'Something failed in this browser. Reload the page and try again; nothing on the server was lost.',
		field: null,
	};
}
