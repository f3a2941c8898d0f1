import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { indexPage } from '../../shared/pages/first-page.ts';
import { letterView } from '../../shared/pages/letter-view.ts';
import type { Release } from '../../shared/release.ts';
import { showPage } from './trusted-page.ts';

/** `<desk-rehearsal>`: the page as it will be public, drawn in this browser from the draft, in a frame without scripts. `release`, `letterStyle` are properties. Fires nothing. */
export class DeskRehearsal extends LitElement {
	static override properties: PropertyDeclarations = {
		release: { attribute: false },
		letterStyle: { attribute: false },
		open: { state: true },
	};
	declare release: Release;
	declare letterStyle: string;
	declare open: boolean;
	#shown: Release | null = null;

	constructor() {
		super();
		this.open = false;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		return html`<button class="button plain" aria-expanded=${this.open} @click=${() => {
			this.open = !this.open;
		}}>${this.open ? 'Close the rehearsal' : 'Rehearse: see the page as it will be'}</button>
			${this.open ? html`<iframe class="rehearsal" title="The page as it will be public"></iframe>` : ''}`;
	}

	protected override updated(): void {
		const frame = this.querySelector('iframe');
		if (frame === null) this.#shown = null;
		else if (this.#shown !== this.release) {
			this.#shown = this.release;
			void this.draw(frame, this.release);
		}
	}

	private async draw(frame: HTMLIFrameElement, release: Release): Promise<void> {
		const view = await letterView(release, { isPublic: false });
		const assets = { style: this.letterStyle, read: null, recount: null };
		showPage(frame, indexPage(view, { kind: 'rehearsal', assets }));
	}
}

customElements.define('desk-rehearsal', DeskRehearsal);
