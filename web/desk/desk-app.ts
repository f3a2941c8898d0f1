import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { LetterState } from '../../shared/api/signing.ts';
import type { Desk } from './desk.ts';
import { DeskElement } from './desk-element.ts';
import './desk-abandoned.ts';
import './desk-draft.ts';
import './desk-enrol.ts';
import './desk-entry.ts';
import './desk-known.ts';
import './desk-open.ts';
import './desk-path.ts';
import './desk-released.ts';
import './desk-review.ts';
import './desk-scheduled.ts';
import './desk-settings.ts';
import './desk-words.ts';

const STAGES: Record<LetterState, (desk: Desk) => TemplateResult> = {
	draft: (desk) => html`<desk-draft .desk=${desk}></desk-draft>`,
	open: (desk) => html`<desk-open .desk=${desk}></desk-open>`,
	review: (desk) => html`<desk-review .desk=${desk}></desk-review>`,
	scheduled: (desk) => html`<desk-scheduled .desk=${desk}></desk-scheduled>`,
	released: (desk) => html`<desk-released .desk=${desk}></desk-released>`,
	abandoned: (desk) => html`<desk-abandoned .desk=${desk}></desk-abandoned>`,
};

/** `<desk-app>`: the whole desk. Shows who comes in, or the letter's stage. Hands `desk` to what it shows. Fires nothing. */
export class DeskApp extends DeskElement {
	static override properties: PropertyDeclarations = { page: { state: true } };
	/** `settings`: one's own keys and devices; else the letter. */
	declare page: 'letter' | 'settings';

	constructor() {
		super();
		this.page = 'letter';
	}

	protected override get needsKeys(): boolean {
		return false;
	}

	protected override render(): TemplateResult {
		const { desk } = this;
		if (desk.session === 'asking' && desk.arrival === null) return this.waiting();
		if (desk.enrolled) return this.alone(html`<desk-words .desk=${desk}></desk-words>`);
		if (desk.arrival) return this.alone(html`<desk-enrol .desk=${desk}></desk-enrol>`);
		if (desk.organizer === null || desk.view === null) return this.alone(html`<desk-entry .desk=${desk}></desk-entry>`);
		return this.letter();
	}

	private waiting(): TemplateResult {
		const words = this.desk.away ? 'The server does not answer. This page goes on trying.' : 'Opening the desk.';
		return this.alone(html`<p class="quiet" role="status">${words}</p>`);
	}

	private alone(inside: TemplateResult): TemplateResult {
		return html`<main class="alone" id="main">${inside}</main>`;
	}

	private letter(): TemplateResult {
		const { desk } = this;
		const settings = this.page === 'settings';
		return html`<div class="desk">
			<aside class="side"><div class="side-inner">
				<desk-path .desk=${desk}></desk-path>
				<button class="link small" aria-pressed=${settings} @click=${() => {
					this.page = settings ? 'letter' : 'settings';
				}}>${settings ? 'Back to the letter' : 'Your keys and devices'}</button>
			</div></aside>
			<main class="work" id="main">
				${desk.away ? html`<p class="note" role="status">The server does not answer just now. What you see may be old; nothing you typed is lost.</p>` : ''}
				${settings ? '' : html`<desk-known .desk=${desk}></desk-known>`}
				${settings ? html`<desk-settings .desk=${desk}></desk-settings>` : this.stage()}
			</main>
		</div>`;
	}

	private stage(): TemplateResult {
		return STAGES[this.desk.unlocked.view.letter.state](this.desk);
	}
}

customElements.define('desk-app', DeskApp);

declare global {
	interface HTMLElementTagNameMap {
		'desk-app': DeskApp;
	}
}
