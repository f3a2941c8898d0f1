import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';

/** `<copy-text label>`: a text to hand on, with a button that copies it. `text` is a property. Fires nothing. */
export class CopyText extends LitElement {
	static override properties: PropertyDeclarations = { text: { attribute: false }, label: {}, copied: { state: true } };
	declare text: string;
	declare label: string;
	declare copied: 'no' | 'yes' | 'failed';

	constructor() {
		super();
		this.copied = 'no';
		this.label = 'Text';
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const words = { no: '', yes: 'Copied', failed: 'Select it and copy it by hand' }[this.copied];
		return html`<span class="copy-row">
			<input readonly aria-label=${this.label} .value=${this.text} @focus=${(event: Event) => event.target instanceof HTMLInputElement && event.target.select()} />
			<button class="button plain" type="button" @click=${() => this.copy()}>Copy<span class="visually-hidden"> ${this.label}</span></button>
			<span class="small good" role="status">${words}</span>
		</span>`;
	}

	private async copy(): Promise<void> {
		try {
			await navigator.clipboard.writeText(this.text);
			this.copied = 'yes';
		} catch {
			this.copied = 'failed';
			this.querySelector('input')?.select();
		}
	}
}

customElements.define('copy-text', CopyText);
