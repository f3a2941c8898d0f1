import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Release } from '../../../shared/release.ts';
import type { PrintedLetter, ToPrint } from './print-letter.ts';

/** What makes them, injected: a program beside the page, which ends with `signal`. */
export type PrintFiles = (what: ToPrint, signal: AbortSignal) => Promise<PrintedLetter>;

interface Offered {
	name: string;
	what: string;
	href: string;
	bytes: number;
}

/** Longer texts are looked at as files. */
const SHOWN = 20_000;

/**
 * `<rehearsal-files>`: the files as they will be, made here from `release` by `print`, saying what `restored` says. Fires `printed` (detail: the letter). Once it is off the page, nothing of them is left and
 * none is made. Proven by test/web/desk/desk-rehearsal.test.ts.
 */
export class RehearsalFiles extends LitElement {
	static override properties: PropertyDeclarations = {
		release: { attribute: false },
		restored: { attribute: false },
		print: { attribute: false },
		printed: { state: true },
		failed: { state: true },
	};
	declare release: Release;
	declare restored: boolean;
	declare print: PrintFiles;
	declare printed: PrintedLetter | null;
	declare failed: string;
	#of: Release | null = null;
	#making = new AbortController();
	#offered: Offered[] = [];

	constructor() {
		super();
		this.restored = false;
		this.printed = null;
		this.failed = '';
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override updated(): void {
		if (!this.isConnected || this.#of === this.release) return;
		this.#of = this.release;
		void this.make(this.release);
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.requestUpdate();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#of = null;
		this.forget();
	}

	private async make(release: Release): Promise<void> {
		this.forget();
		this.failed = '';
		this.#making = new AbortController();
		const { signal } = this.#making;
		try {
			const printed = await this.print({ release, restored: this.restored }, signal);
			if (signal.aborted) return;
			this.#offered = offer(printed);
			this.printed = printed;
			this.dispatchEvent(new CustomEvent<PrintedLetter>('printed', { detail: printed }));
		} catch (failure) {
			if (!signal.aborted) this.failed = failure instanceof Error ? failure.message : '';
		}
	}

	/** What is under way ends. What is opened in another tab stays there. */
	private forget(): void {
		this.#making.abort();
		this.printed = null;
		for (const { href } of this.#offered) URL.revokeObjectURL(href);
		this.#offered = [];
	}

	protected override render(): TemplateResult {
		return html`<h3>Files</h3>
			${this.failed === '' ? nothing : html`<p class="note" role="status">The files could not be made in this browser: ${this.failed} The page above is not touched by that, and the server makes them at the release.</p>`}
			${this.printed === null ? (this.failed === '' ? html`<p class="quiet" role="status">Making the files from the names that you opened. They stay in this browser.</p>` : nothing) : this.files(this.printed)}`;
	}

	private files({ text, csv, card }: PrintedLetter): TemplateResult {
		return html`<p class="note">These are the very bytes that everybody will get: nothing on them says that they are not public yet. Do not hand them on; journalists get links under embargo.</p>
			<ul class="plain-list">${this.#offered.map(({ name, what, href, bytes }) => html`<li><a href=${href} download=${name}>${name}</a><span class="quiet small">${what}, ${size(bytes)}</span></li>`)}</ul>
			${this.shown('The text', text)}${this.shown('The table', csv)}
			<figure class="card-shown"><img alt="The picture that others show where somebody links to the letter" width="600" height="315" src="data:image/svg+xml;charset=utf-8,${encodeURIComponent(card)}" />
				<figcaption class="small quiet">Shown by others where somebody links to the letter.</figcaption></figure>`;
	}

	private shown(title: string, text: string): TemplateResult {
		const cut = text.length > SHOWN;
		return html`<details class="as-read"><summary>${title}</summary><pre class="as-file" tabindex="0" role="group" aria-label=${title}>${text.slice(0, SHOWN)}${cut ? '\n…' : ''}</pre>
			${cut ? html`<p class="small quiet">This is its beginning. The file above holds all of it.</p>` : nothing}</details>`;
	}
}

function offer({ pdf, text, csv }: PrintedLetter): Offered[] {
	const files: [string, string, BlobPart, string][] = [
		['letter.pdf', 'The letter on paper', pdf, 'application/pdf'],
		['letter.txt', 'Plain text', text, 'text/plain;charset=utf-8'],
		['signatories.csv', 'The signatures as a table', csv, 'text/csv;charset=utf-8'],
	];
	return files.map(([name, what, part, type]) => {
		const file = new Blob([part], { type });
		return { name, what, href: URL.createObjectURL(file), bytes: file.size };
	});
}

const size = (bytes: number): string =>
	bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000).toLocaleString('en')} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

customElements.define('rehearsal-files', RehearsalFiles);
