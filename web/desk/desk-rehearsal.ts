import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { couldProveTwice } from '../../shared/api/signing.ts';
import { marksOf, RELEASE_PARTS, type SinceLast, sinceLast } from '../../shared/client/rehearsal.ts';
import type { DraftRelease } from '../../shared/client/releasing.ts';
import { indexPage } from '../../shared/pages/first-page.ts';
import { type LetterPageView, letterView } from '../../shared/pages/letter-view.ts';
import { joinNames } from '../../shared/pages/people.ts';
import { DeskElement } from './desk-element.ts';
import { keepMarks, lastMarks } from './rehearsal/kept-marks.ts';
import type { PrintedLetter } from './rehearsal/print-letter.ts';
import './rehearsal/rehearsal-files.ts';
import './rehearsal/rehearsal-mails.ts';
import { fetchLanguages, speaker } from './page-languages.ts';
import { inZones } from './times.ts';
import { showPage } from './trusted-page.ts';

/** What is drawn of a draft, and what it has to do with the one before. */
type Rehearsed = { draft: DraftRelease; view: LetterPageView; since: SinceLast | null };

const NAMED = 10;

/**
 * `<desk-rehearsal>`: the release as it will be, drawn in this browser from `draft`: the page in a frame without scripts, the files, the mails, the time; and what changed since
 * the last rehearsal here. Fires nothing.
 */
export class DeskRehearsal extends DeskElement {
	static override properties: PropertyDeclarations = {
		draft: { attribute: false },
		open: { state: true },
		rehearsed: { state: true },
		pdfBytes: { state: true },
	};
	declare draft: DraftRelease;
	declare open: boolean;
	declare rehearsed: Rehearsed | null;
	declare pdfBytes: number | null;
	#shown: LetterPageView | null = null;

	constructor() {
		super();
		this.open = false;
		this.rehearsed = null;
		this.pdfBytes = null;
	}

	protected override render(): TemplateResult {
		const { rehearsed } = this;
		return html`<button class="button plain" aria-expanded=${this.open} @click=${() => {
			this.open = !this.open;
		}}>${this.open ? 'Close the rehearsal' : 'Rehearse: see everything as it will be'}</button>${this.summary()}
			${this.open ? (rehearsed === null ? html`<p class="quiet" role="status">Drawing the page.</p>` : this.all(rehearsed)) : nothing}`;
	}

	private all({ draft, view, since }: Rehearsed): TemplateResult {
		const { title, addressees } = view.document;
		const { press, releasedAt, origin, slug } = view;
		const delivered = { title, addressees, press, releasedAt, address: `${origin}/letters/${slug}/` };
		return html`<div class="rehearsed">${since === null ? html`<p class="small quiet">This is the first rehearsal in this browser. At the next one you see here what changed.</p>` : this.since(since)}
			<h3>The page</h3><iframe class="rehearsal" title="The page as it will be public"></iframe>
			<h3>The time</h3><ul class="plain-list tab">${inZones(releasedAt).map((one) => html`<li><span>${one.where}</span><span>${one.reads}</span></li>`)}</ul>
			<rehearsal-files .release=${draft.release} .restored=${view.restored} .print=${this.desk.parts.print} @printed=${(
				event: CustomEvent<PrintedLetter>,
			) => {
				this.pdfBytes = event.detail.pdf.length;
			}}></rehearsal-files>
			<rehearsal-mails .letter=${delivered} .deliveries=${draft.deliveries} .pdfBytes=${this.pdfBytes}></rehearsal-mails></div>`;
	}

	private since({ parts, came, cameNames, went }: SinceLast): TemplateResult {
		if (parts.length + came + went === 0)
			return html`<p class="good" role="status">Nothing changed since the last rehearsal in this browser.</p>`;
		const more = cameNames.length - NAMED;
		const named = more > 0 ? [...cameNames.slice(0, NAMED), `${more} more by name`] : cameNames;
		return html`<div class="note" role="status"><p><b>Since the last rehearsal in this browser</b></p><ul>
			${parts.length === 0 ? nothing : html`<li>Changed: ${joinNames(parts.map((part) => RELEASE_PARTS[part]))}.</li>`}
			${came === 0 ? nothing : html`<li>${came === 1 ? 'One signature is' : `${came} signatures are`} new, or stand differently${named.length === 0 ? '' : html`: <span dir="auto">${joinNames(named)}</span>`}.</li>`}
			${went === 0 ? nothing : html`<li>${went === 1 ? 'One signature' : `${went} signatures`} of then ${went === 1 ? 'is' : 'are'} gone, or stand differently. Whose is not kept here.</li>`}
		</ul></div>`;
	}

	protected override updated(): void {
		if (!this.open) {
			this.rehearsed = null;
			this.#shown = null;
			return;
		}
		if (this.rehearsed?.draft !== this.draft && this.busy === '' && this.trouble === null) void this.rehearse();
		const frame = this.querySelector('iframe');
		if (frame === null || this.rehearsed === null || this.#shown === this.rehearsed.view) return;
		this.#shown = this.rehearsed.view;
		const assets = { style: this.desk.parts.letterStyle, read: null, recount: null };
		showPage(frame, indexPage(this.rehearsed.view, { kind: 'rehearsal', assets, speaker }));
	}

	private rehearse(): Promise<boolean> {
		const { draft } = this;
		return this.run('rehearse', async () => {
			const { organizer, view: desk } = this.desk.unlocked;
			const view = await letterView(draft.release, { isPublic: false });
			view.restored = couldProveTwice(desk.letter.restored);
			await fetchLanguages(view.texts);
			const now = await marksOf(organizer, draft);
			const last = lastMarks(organizer.letter);
			this.pdfBytes = null;
			this.rehearsed = { draft, view, since: last && sinceLast(last, now, draft) };
			keepMarks(organizer.letter, now);
		});
	}
}

customElements.define('desk-rehearsal', DeskRehearsal);
