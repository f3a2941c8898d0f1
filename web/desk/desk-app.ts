import { html, nothing, type TemplateResult } from 'lit';
import type { LetterState } from '../../shared/api/signing.ts';
import type { Desk } from './desk.ts';
import { DeskElement } from './desk-element.ts';
import { DESK_PAGES, type DeskPage, PAGE_NAMES } from './desk-pages.ts';
import { unsavedFields } from './unsaved-fields.ts';
import './desk-abandoned.ts';
import './desk-day.ts';
import './desk-draft.ts';
import './desk-enrol.ts';
import './desk-entry.ts';
import './desk-expiry.ts';
import './desk-known.ts';
import './desk-lock.ts';
import './desk-open.ts';
import './desk-path.ts';
import './desk-people.ts';
import './desk-released.ts';
import './desk-remaining.ts';
import './desk-review.ts';
import './desk-scheduled.ts';
import './desk-settings.ts';
import './desk-stop-waits.ts';
import './desk-words.ts';

const STAGES: Record<LetterState, (desk: Desk) => TemplateResult> = {
	draft: (desk) => html`<desk-draft .desk=${desk}></desk-draft>`,
	open: (desk) => html`<desk-open .desk=${desk}></desk-open>`,
	review: (desk) => html`<desk-review .desk=${desk}></desk-review>`,
	scheduled: (desk) => html`<desk-scheduled .desk=${desk}></desk-scheduled>`,
	released: (desk) => html`<desk-released .desk=${desk}></desk-released>`,
	abandoned: (desk) => html`<desk-abandoned .desk=${desk}></desk-abandoned>`,
};

const PAGES: Record<DeskPage, (desk: Desk) => TemplateResult> = {
	letter: (desk) => STAGES[desk.unlocked.view.letter.state](desk),
	people: (desk) => html`<desk-people .desk=${desk}></desk-people>`,
	day: (desk) => html`<desk-day .desk=${desk}></desk-day>`,
	settings: (desk) => html`<desk-settings .desk=${desk}></desk-settings>`,
};

/** Where names may stand on the screen. */
const LOCKED: ReadonlySet<LetterState> = new Set(['review', 'scheduled']);

/** While there is nothing to show yet. */
const ALONE = {
	silent: 'The server does not answer. This page goes on trying.',
	changed: 'The server was changed, and this page cannot read what it says. Reload the page.',
};
const AWAY = {
	silent: 'The server does not answer just now. What you see may be old; nothing you typed is lost.',
	changed:
		'The server was changed since this page was loaded, and the page cannot read what it says: what you see may be old. Copy what you typed and did not save, then reload the page.',
};

/** `<desk-app>`: the whole desk. Shows who comes in, or one of the desk's pages. Hands `desk` to what it shows. Fires nothing. */
export class DeskApp extends DeskElement {
	protected override get needsKeys(): boolean {
		return false;
	}

	protected override render(): TemplateResult {
		const { desk } = this;
		if (desk.session === 'asking' && desk.arrival === null) return this.waiting();
		if (desk.enrolled) return this.alone(html`<desk-words .desk=${desk}></desk-words>`);
		if (desk.arrival) return this.alone(html`<desk-enrol .desk=${desk}></desk-enrol>`);
		if (desk.abandoned) return this.alone(html`<desk-abandoned .desk=${desk}></desk-abandoned>`);
		if (desk.organizer === null || desk.view === null) return this.alone(html`<desk-entry .desk=${desk}></desk-entry>`);
		return this.letter();
	}

	private waiting(): TemplateResult {
		const { away } = this.desk;
		const words = away === false ? 'Opening the desk.' : ALONE[away];
		return this.alone(html`<p class="quiet" role="status">${words}</p>`);
	}

	private alone(inside: TemplateResult): TemplateResult {
		return html`<main class="alone" id="main">${inside}</main>`;
	}

	private letter(): TemplateResult {
		const { desk } = this;
		return html`<div class="desk">
			<aside class="side"><div class="side-inner">
				<desk-path .desk=${desk}></desk-path>
				<nav class="side-pages" aria-label="Pages of the desk"><ul>${DESK_PAGES.map((page) => this.link(page))}</ul></nav>
			</div></aside>
			<main class="work" id="main">
				${desk.away === false ? '' : html`<p class="note" role="status">${AWAY[desk.away]}</p>`}
				${desk.missed.all.length === 0 ? '' : this.missed()}
				<desk-expiry .desk=${desk}></desk-expiry>
				<desk-stop-waits .desk=${desk}></desk-stop-waits>
				${desk.page === 'people' ? '' : html`<desk-remaining .desk=${desk}></desk-remaining>`}
				${desk.page === 'settings' || desk.page === 'day' ? '' : html`<desk-known .desk=${desk}></desk-known>`}
				${PAGES[desk.page](desk)}
				${LOCKED.has(desk.unlocked.view.letter.state) ? html`<desk-lock .desk=${desk}></desk-lock>` : nothing}
			</main>
		</div>`;
	}

	private missed(): TemplateResult {
		const seen = () => {
			this.desk.missed.forget();
			this.desk.changed();
			void this.focusOn('#main h1');
		};
		return html`<div class="note"><p role="alert"><b>What you typed last is not in the letter:</b> it is no draft any more, and that was not saved before.</p><p>Copy it from here if you want it still; while people sign, any of you can propose a change of the text.</p>
			${unsavedFields(this.desk.missed.all)}<button class="button plain" @click=${seen}>I have seen it</button></div>`;
	}

	private link(page: DeskPage): TemplateResult {
		const { desk } = this;
		const here = desk.page === page ? 'page' : nothing;
		return html`<li><button class="link" aria-current=${here} @click=${() => desk.goTo(page)}>${PAGE_NAMES[page]}</button></li>`;
	}
}

customElements.define('desk-app', DeskApp);

declare global {
	interface HTMLElementTagNameMap {
		'desk-app': DeskApp;
	}
}
