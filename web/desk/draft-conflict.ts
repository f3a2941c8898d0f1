import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';
import type { DraftField } from './draft-merge.ts';

const NAMES: Record<DraftField, string> = {
	title: 'Title',
	addressees: 'To',
	language: 'Language',
	text: 'Text',
	references: 'References',
	translations: 'Translations',
	groups: 'Who can sign',
	labels: 'Labels',
	advice: 'Advice for signers',
	press: 'Press contact',
	threshold: 'How many must act together',
	closesAt: 'Signing closes',
	lastCallHours: 'Last call',
	expiresOn: 'Erased if not released by',
	smallestCell: 'Smallest group that is printed',
	codeOnly: 'Code only',
};

function words(value: Draft[DraftField]): string {
	return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

/** `<draft-conflict>`: both versions of each field that two people changed. Fires `draft-decide` (detail: `{field, whose}`). */
export class DraftConflict extends LitElement {
	static override properties: PropertyDeclarations = {
		mine: { attribute: false },
		theirs: { attribute: false },
		fields: { attribute: false },
	};
	declare mine: Draft;
	declare theirs: Draft;
	declare fields: DraftField[];

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override firstUpdated(): void {
		this.querySelector<HTMLElement>('.errors')?.focus();
	}

	protected override render(): TemplateResult {
		return html`<div class="errors" role="alert" tabindex="-1">
			<h2>Somebody else changed the same while you wrote</h2>
			<p>Nothing is lost: both versions are here. Choose one of each; you can still edit it afterwards.</p>
			${this.fields.map(
				(field) => html`<div class="conflict"><h3>${NAMES[field]}</h3>
					<div class="columns">
						<div><p class="small quiet">Yours</p><pre role="group" tabindex="0" aria-label="Your version">${words(this.mine[field])}</pre>
							<button class="button plain" @click=${() => this.decide(field, 'mine')}>Keep yours</button></div>
						<div><p class="small quiet">Theirs, saved meanwhile</p><pre role="group" tabindex="0" aria-label="Their version">${words(this.theirs[field])}</pre>
							<button class="button plain" @click=${() => this.decide(field, 'theirs')}>Take theirs</button></div>
					</div></div>`,
			)}
		</div>`;
	}

	private decide(field: DraftField, whose: 'mine' | 'theirs'): void {
		this.dispatchEvent(new CustomEvent('draft-decide', { detail: { field, whose } }));
	}
}

customElements.define('draft-conflict', DraftConflict);
