import { LitElement } from 'lit';
import { type Step, titleOf } from './route.ts';
import { Trail } from './trail.ts';

/**
 * Steps one at a time: on the page, in the browser's history and in the tab's title. What a step shows and does is up to whoever extends it.
 * @fires CustomEvent `shown` with the step, `reading` where the page itself is to be shown
 */
export abstract class Walk extends LitElement {
	static override properties = { step: { state: true } };
	declare step: Step;
	protected readonly trail = new Trail((step) => (this.step === 'stop' ? Promise.resolve() : this.show(step)));
	#unwatch = () => {};
	/** Counts what was asked for. */
	#asked = 0;

	constructor() {
		super();
		this.step = 'reading';
	}

	/** Reads what a step shows. @returns the step, or another where that one makes no sense any more */
	protected abstract prepare(step: Step): Promise<Step>;

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** With the step itself, so that its heading is there to be moved to. */
	protected override async getUpdateComplete(): Promise<boolean> {
		const done = await super.getUpdateComplete();
		const step = this.querySelector('main')?.lastElementChild;
		if (step instanceof LitElement) await step.updateComplete;
		return done;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#unwatch = this.trail.watch();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unwatch();
	}

	async go(step: Step): Promise<void> {
		await this.#to(step, () => this.trail.add(step, this.step));
	}

	protected async replace(step: Step): Promise<void> {
		await this.#to(step, () => this.trail.replace(step));
	}

	protected async show(step: Step): Promise<void> {
		await this.#to(step, () => {});
	}

	/** What was asked for last is shown: neither an answer that comes late nor a failure brings back what somebody has left. */
	async #to(step: Step, record: () => void): Promise<void> {
		const asked = ++this.#asked;
		const prepared = await this.prepare(step).catch((failure: unknown) => {
			if (asked === this.#asked) throw failure;
			return step;
		});
		if (asked !== this.#asked) return;
		record();
		await this.#reveal(prepared);
	}

	async #reveal(step: Step): Promise<void> {
		if (step === this.step) this.requestUpdate();
		this.step = step;
		document.title = titleOf(step);
		this.dispatchEvent(new CustomEvent('shown', { detail: step }));
		await this.updateComplete;
		if (step === 'reading') return;
		scrollTo(0, 0);
		this.querySelector<HTMLElement>('h1')?.focus();
	}
}
