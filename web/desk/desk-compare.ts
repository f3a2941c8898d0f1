import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { shownFingerprint } from '../../shared/charter.ts';

const ASKED = 3;

/**
 * `<desk-compare>`: part of the fingerprint is covered until it was typed from what another organizer reads out. `fingerprint` (b64u, hashed
 * in this browser) is a property. Fires `compared` once the typed part is the same. Proven by test/web/desk/desk-compare.test.ts.
 */
export class DeskCompare extends LitElement {
	static override properties: PropertyDeclarations = {
		fingerprint: { attribute: false },
		from: { state: true },
		state: { state: true },
	};
	declare fingerprint: string;
	/** First of the covered groups, from 0. */
	declare from: number;
	declare state: 'asking' | 'wrong' | 'same';

	constructor() {
		super();
		this.from = 0;
		this.state = 'asking';
		this.another();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	private get groups(): string[] {
		return shownFingerprint(this.fingerprint).split(' ');
	}

	protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
		// Another fingerprint was not compared yet.
		if (changed.has('fingerprint') && changed.get('fingerprint') !== undefined) this.state = 'asking';
	}

	protected override render(): TemplateResult {
		const same = this.state === 'same';
		const covered = (i: number) => !same && i >= this.from && i < this.from + ASKED;
		const [first, last] = [this.from + 1, this.from + ASKED];
		return html`<div class="compare">
			<ol class="prints tab" aria-label="Fingerprint, in 16 groups">${this.groups.map(
				(group, i) =>
					html`<li class=${covered(i) ? 'covered' : ''}>${covered(i) ? html`<span aria-hidden="true">••••</span><span class="visually-hidden">covered</span>` : group}</li>`,
			)}</ol>
			${
				same
					? html`<p class="good" role="status">The same. You and the other organizer look at one letter.</p>`
					: html`<form @submit=${(event: SubmitEvent) => this.check(event)}>
				<div class="field" ?data-wrong=${this.state === 'wrong'}>
					<label for="part">Groups ${first} to ${last}, as another organizer reads them to you</label>
					<p class="hint" id="part-hint">In person or on a call, not through this server. Do not let them show you this page.</p>
					${this.state === 'wrong' ? html`<p class="wrong" id="part-wrong" role="alert">This is not what this browser computed. Have it read once more. If it stays so, approve nothing: somebody shows you two different letters.</p>` : nothing}
					<input id="part" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="part-hint" aria-invalid=${this.state === 'wrong' ? 'true' : 'false'} />
				</div>
				<button class="button plain">Compare</button>
				<button class="link" type="button" @click=${() => this.another()}>They cannot see these: take others</button>
			</form>`
			}
		</div>`;
	}

	/** Chosen here at random, so that nobody could prepare a letter whose fingerprint is the same in just these places. */
	private another(): void {
		this.from = (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % (16 - ASKED + 1);
		this.state = 'asking';
	}

	private check(event: SubmitEvent): void {
		event.preventDefault();
		const typed = (this.querySelector<HTMLInputElement>('#part')?.value ?? '').toLowerCase().replace(/[^0-9a-f]/g, '');
		const same = typed === this.groups.slice(this.from, this.from + ASKED).join('');
		this.state = same ? 'same' : 'wrong';
		if (same) this.dispatchEvent(new CustomEvent('compared'));
		else this.querySelector<HTMLElement>('#part')?.focus();
	}
}

customElements.define('desk-compare', DeskCompare);
