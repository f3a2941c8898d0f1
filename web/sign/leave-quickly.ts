import { msg } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';

/** A page that anybody may have open. */
const HARMLESS = 'https://www.wikipedia.org/';
const PRESSES = 3;
const WITHIN_MS = 2_000;

/** Away from here at once, and no way back: what is on the screen goes before the other page is there. */
export function leaveQuickly(): void {
	document.body.replaceChildren();
	document.title = msg('New tab');
	location.replace(HARMLESS);
}

/** Counts a key that is pressed again and again, by itself: Shift in front of a capital letter is none. @param pressed at how many milliseconds */
export class Presses {
	#times: number[] = [];
	#alone = false;

	down(key: string): void {
		this.#alone = key === 'Shift';
		if (!this.#alone) this.#times = [];
	}

	/** @returns whether this was the last of as many as it takes */
	up(key: string, now: number): boolean {
		if (key !== 'Shift' || !this.#alone) return false;
		this.#alone = false;
		this.#times = [...this.#times.filter((time) => now - time < WITHIN_MS), now];
		return this.#times.length >= PRESSES;
	}
}

/** `<leave-quickly>`: stays at the foot of the window; pressing Shift three times does the same. `leave` is what it does. Fires nothing. */
export class LeaveQuickly extends LitElement {
	static override properties = { leave: { attribute: false } };
	declare leave: () => void;
	readonly #presses = new Presses();

	constructor() {
		super();
		this.leave = leaveQuickly;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		addEventListener('keydown', this.#down, true);
		addEventListener('keyup', this.#up, true);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		removeEventListener('keydown', this.#down, true);
		removeEventListener('keyup', this.#up, true);
	}

	readonly #down = ({ key, repeat }: KeyboardEvent): void => {
		if (!repeat) this.#presses.down(key);
	};

	readonly #up = ({ key, timeStamp }: KeyboardEvent): void => {
		if (this.#presses.up(key, timeStamp)) this.leave();
	};

	protected override render(): TemplateResult {
		return html`<aside aria-label=${msg('Leave quickly')}><button class="button plain" type="button" aria-describedby="leave-hint" @click=${() => this.leave()}>${msg('Leave quickly')}</button>
<span class="small quiet" id="leave-hint">${msg('or press Shift three times')}</span></aside>`;
	}
}

customElements.define('leave-quickly', LeaveQuickly);

declare global {
	interface HTMLElementTagNameMap {
		'leave-quickly': LeaveQuickly;
	}
}
