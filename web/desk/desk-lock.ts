import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';

/** Five minutes without a touch lock the desk; the last half minute says so. Milliseconds. */
export const LOCK_AFTER = 300_000;
const WARN_FOR = 30_000;
const INPUTS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove', 'input'] as const;

/**
 * `<desk-lock>`: while it is on the page, nobody leaves names open on a screen. What was opened leaves the memory, and passkey or words are asked for again. The
 * time counts on while a laptop sleeps. Fires nothing.
 */
export class DeskLock extends DeskElement {
	static override properties: PropertyDeclarations = { soon: { state: true } };
	/** The warning is shown. */
	declare soon: boolean;
	#last = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #touched = () => {
		this.#last = Date.now();
		if (this.soon) this.look();
	};
	readonly #seen = () => this.look();

	constructor() {
		super();
		this.soon = false;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#last = Date.now();
		for (const type of INPUTS) addEventListener(type, this.#touched, { capture: true, passive: true });
		document.addEventListener('visibilitychange', this.#seen);
		this.look();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearTimeout(this.#timer);
		for (const type of INPUTS) removeEventListener(type, this.#touched, { capture: true });
		document.removeEventListener('visibilitychange', this.#seen);
	}

	protected override render(): TemplateResult | typeof nothing {
		return html`<div role="status" class="lock-soon">${
			this.soon
				? html`<p class="note"><b>The desk locks in half a minute.</b> Move or press anything to go on.</p>`
				: nothing
		}</div>`;
	}

	/** Whoever reads the rehearsal moves within its frame, of which this page hears nothing else. */
	private listenInFrames(): void {
		for (const { contentWindow } of document.querySelectorAll('iframe'))
			for (const type of INPUTS) contentWindow?.addEventListener(type, this.#touched, { capture: true, passive: true });
	}

	/** Locks, warns or waits; and looks again when that may change. */
	private look(): void {
		clearTimeout(this.#timer);
		const left = this.#last + LOCK_AFTER - Date.now();
		if (left <= 0) {
			this.desk.lock();
			return;
		}
		this.soon = left <= WARN_FOR;
		if (this.soon) this.listenInFrames();
		this.#timer = setTimeout(() => this.look(), this.soon ? left : left - WARN_FOR);
	}
}

customElements.define('desk-lock', DeskLock);
