import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { Refused } from '../../shared/client/call.ts';
import type { ErrorCode } from '../../shared/error-codes.ts';
import { explain, isStop, type Problem } from './problems.ts';

/** A step, or a part of one, asks to leave: `step` names where to. */
export class StepEvent extends Event {
	readonly step: string;
	/** Set by who takes it there. */
	gone: Promise<void> = Promise.resolve();
	constructor(step: string) {
		super('step', { bubbles: true });
		this.step = step;
	}
}

/** Something that cannot be gone on from. */
export class StopEvent extends Event {
	readonly problem: Error;
	constructor(problem: Error) {
		super('stop', { bubbles: true });
		this.problem = problem;
	}
}

/** Proven by test/journey/two-tabs.test.ts. */
function pressedTwice(event: Event): void {
	if (!(event instanceof MouseEvent && event.detail > 1 && event.target instanceof Element)) return;
	if (event.target.closest('button') === null) return;
	event.preventDefault();
	event.stopImmediatePropagation();
}

/**
 * One thing on a page. Renders into the page itself, so that its styles and labels hold. Knows what went wrong last, and whether it is
 * waiting. Never fetches: what it does is given to it as a function.
 * @fires StepEvent `step`
 * @fires StopEvent `stop`
 */
export abstract class StepElement extends LitElement {
	static override properties = { problems: { state: true }, busy: { state: true }, refused: { state: true } };
	declare problems: Problem[];
	declare busy: boolean;
	/** Why the server refused what was tried last, for steps that offer another way. */
	declare refused: ErrorCode | null;

	constructor() {
		super();
		updateWhenLocaleChanges(this);
		this.problems = [];
		this.busy = false;
		this.refused = null;
		// The second press of a double one would hit whatever stands there by then: a step that was not read, a name that is taken off.
		this.addEventListener('click', pressedTwice, true);
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** Runs what a button does, once at a time, and shows what goes wrong. */
	protected async attempt(work: () => Promise<void>): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		this.problems = [];
		this.refused = null;
		try {
			await work();
		} catch (problem) {
			await this.#fail(problem);
		} finally {
			this.busy = false;
		}
	}

	async #fail(problem: unknown): Promise<void> {
		this.refused = problem instanceof Refused ? problem.code : null;
		if (isStop(problem)) this.dispatchEvent(new StopEvent(problem));
		else await this.show([explain(problem)]);
	}

	/** Shows problems, and moves to their summary. */
	protected async show(problems: Problem[]): Promise<void> {
		this.problems = problems;
		await this.updateComplete;
		this.querySelector<HTMLElement>('.errors')?.focus();
	}

	/** What it takes may not come: then one stays here, and is told so. */
	protected go(step: string): void {
		this.leave(step).catch((problem: unknown) => this.#fail(problem));
	}

	/** @returns once it was taken there */
	protected leave(step: string): Promise<void> {
		const event = new StepEvent(step);
		this.dispatchEvent(event);
		return event.gone;
	}

	/** The problem of one field, if any. */
	protected wrong(field: string): string | null {
		return this.problems.find((one) => one.field === field)?.message ?? null;
	}

	protected summary(): TemplateResult | typeof nothing {
		if (this.problems.length === 0) return nothing;
		return html`<div class="errors" role="alert" tabindex="-1" aria-labelledby="${this.localName}-problems"><h2 id="${this.localName}-problems">${msg('There is a problem')}</h2><ul>${this.problems.map(
			(one) =>
				html`<li>${
					one.field !== null && this.querySelector(`#${one.field}`)
						? html`<a href="#${one.field}" @click=${(event: Event) => this.#toField(event, one.field)}>${one.message}</a>`
						: one.message
				}</li>`,
		)}</ul></div>`;
	}

	/** Where somebody's mailbox has signed already, with a key that this browser does not hold. */
	protected toWords(): TemplateResult | typeof nothing {
		return this.refused === 'mailbox-already-proved'
			? html`<p><button class="link" type="button" @click=${() => this.go('words')}>${msg('Use the words of that signature')}</button></p>`
			: nothing;
	}

	/** Without a fragment in the address bar, which a history would keep. */
	#toField(event: Event, field: string | null): void {
		event.preventDefault();
		this.querySelector<HTMLElement>(`#${field}`)?.focus();
	}

	/** The one main action; `beside`: of a part that stands on a page with a main action of its own. */
	protected mainButton(label: string, waiting: string, beside = false): TemplateResult {
		return html`<button class="button ${beside ? 'plain' : ''} wide" type="submit" aria-disabled=${this.busy}>${this.busy ? waiting : label}</button>`;
	}
}
