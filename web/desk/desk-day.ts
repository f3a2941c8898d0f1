import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DaySheet } from '../../shared/api/day.ts';
import { newId } from '../../shared/bytes.ts';
import { readDaySheet, saveDaySheet } from '../../shared/client/day.ts';
import { LIMITS } from '../../shared/limits.ts';
import { beginSheet, type DayRow, inOrder, movedTo } from './day-sheet.ts';
import { DeskElement } from './desk-element.ts';
import { SheetCopy, type SheetState } from './sheet-copy.ts';
import { fromLocalInput, spellTime, toLocalInput, until } from './times.ts';
import { unlessTyping } from './unless-typing.ts';

const STATES: Record<SheetState, string> = {
	saved: 'Saved. The other organizers see it.',
	waiting: 'Not saved yet.',
	saving: 'Saving …',
	away: 'Not saved yet: the server does not answer. This page goes on trying.',
	refused: 'Not saved: a line is too long, or there are too many.',
	gone: 'Not saved: this sheet is erased. Copy from here what you still need.',
};

/** `<desk-day>`: the sheet for the day of the release, written by all organizers and printable. Fires nothing. */
export class DeskDay extends DeskElement {
	readonly #saw = () => this.requestUpdate();
	/** The focus is within the rows, or on its way to another field there. */
	#inRows = false;
	/** Whoever goes on to the next field has written this one. */
	readonly #focus = ({ type, target, relatedTarget }: FocusEvent) => {
		const to = type === 'focusin' ? target : relatedTarget;
		this.#inRows = to instanceof Element && to.closest('.day-rows') !== null;
		if (type === 'focusout') void this.#heard?.flush();
		this.requestUpdate();
	};
	#heard: SheetCopy | null = null;
	/** Ids of the rows as they stand on the screen. */
	#shown: string[] = [];

	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		void this.#heard?.flush();
		this.#heard?.removeEventListener('change', this.#saw);
		this.#heard = null;
	}

	/** Kept by the desk, so that what is not saved yet outlives looking elsewhere. */
	private get copy(): SheetCopy {
		const { desk } = this;
		const { day, letter } = desk.unlocked.view;
		if (desk.sheet === null || (desk.sheet.isNew && !desk.sheet.dirty && day === null)) {
			// Of whoever types it, also when the session has ended: never in that of another desk, which the same browser opened meanwhile.
			const { call } = desk;
			const server = {
				save: (version: number, sheet: DaySheet) => saveDaySheet(call, version, sheet),
				read: () => readDaySheet(call),
			};
			desk.sheet = new SheetCopy(server, day ?? { version: 0, sheet: beginSheet(letter.releaseAt) });
		} else desk.sheet.seen(day);
		if (this.#heard !== desk.sheet) {
			this.#heard?.removeEventListener('change', this.#saw);
			this.#heard = desk.sheet;
			this.#heard.addEventListener('change', this.#saw);
		}
		return desk.sheet;
	}

	protected override render(): TemplateResult {
		const { letter } = this.desk.unlocked.view;
		const { sheet, state } = this.copy;
		return html`<div class="on-screen" @focusin=${this.#focus} @focusout=${this.#focus}><h1 tabindex="-1">The day of the release</h1>
			<p class="lead">${letter.releaseAt ? `The letter ${letter.state === 'released' ? 'went' : 'goes'} out ${until(letter.releaseAt, letter.now)}, on ${spellTime(letter.releaseAt)}.` : 'There is no minute for the release yet. Times can wait.'}</p>
			<p>Who does what when. All of you write it, and whoever runs this server can read it: name no signers here. It is erased 30 days after the release, or with the letter.</p>
			${this.moved(sheet)}
			<section class="card"><h2>Who speaks, and who asks</h2><div class="columns">
				${this.line('speaks', 'Who speaks for the letter', 'One voice, and who stands in. Also who does not.', sheet.speaks, (speaks) => this.copy.type({ speaks }))}
				<div class="field"><label for="asked-at">When the addressee is asked for comment</label>
					<p class="hint" id="asked-at-hint">In your own time zone. Late enough that nobody stops the letter, early enough to answer.</p>
					<input id="asked-at" type="datetime-local" aria-describedby="asked-at-hint" .value=${unlessTyping('asked-at', toLocalInput(sheet.askedAt))} @input=${(event: Event) => this.copy.type({ askedAt: fromLocalInput(typed(event)) })} /></div>
				${this.line('asked', 'How, and by whom', 'From which address or number, and by when you want an answer.', sheet.asked, (asked) => this.copy.type({ asked }))}
			</div></section>
			<section class="card"><h2>Who does what when</h2>
				<ol class="day-rows">${repeat(
					this.rows(sheet),
					(row) => row.id,
					(row, n) => this.row(row, n + 1),
				)}</ol>
				<div class="actions">${sheet.rows.length < LIMITS.dayRows ? html`<button class="button plain" @click=${() => this.add()}>Add a row</button>` : nothing}
					<button class="button plain" @click=${() => window.print()}>Print the sheet</button>
					<p class="save-state" role="status" data-state=${state === 'away' ? 'offline' : state === 'gone' ? 'refused' : state}>${this.copy.isNew && !this.copy.dirty ? 'Nobody has changed it yet. It is kept with the first change.' : STATES[state]}</p></div>
			</section>
			<section class="card"><h2>For those who are asked at work</h2>
				<p><a href="/questioned" target="_blank" rel="noopener">If you are asked at work</a> says what signers can do, what their employer can know, and what no software can help with. Hand its address around together with the letter’s: ${this.desk.parts.origin}/questioned</p></section></div>
			${this.printed(sheet)}`;
	}

	private moved(sheet: DaySheet): TemplateResult | typeof nothing {
		const { releaseAt } = this.desk.unlocked.view.letter;
		if (releaseAt === null || sheet.madeFor === releaseAt) return nothing;
		return html`<div class="note"><p>${sheet.madeFor === null ? 'The release has a minute now; these rows were written before.' : `The times were made for a release on ${spellTime(sheet.madeFor)}.`}</p>
			<div class="actions">${sheet.madeFor === null ? nothing : html`<button class="button plain" @click=${() => this.copy.change(movedTo(sheet, releaseAt))}>Move every time along</button>`}
			<button class="link" @click=${() => this.copy.change({ madeFor: releaseAt })}>The times are right as they are</button></div></div>`;
	}

	private line(id: string, label: string, hint: string, value: string, type: (value: string) => void): TemplateResult {
		return html`<div class="field"><label for=${id}>${label}</label><p class="hint" id="${id}-hint">${hint}</p>
			<textarea id=${id} rows="2" maxlength=${LIMITS.dayLine} dir="auto" aria-describedby="${id}-hint" .value=${live(value)} @input=${(event: Event) => type(typed(event))}></textarea></div>`;
	}

	/** By their time; while somebody is typing in one of them, each stays where it is: a time is in order only once it is whole. */
	private rows({ rows }: DaySheet): DayRow[] {
		const place = ({ id }: DayRow) => (this.#shown.includes(id) ? this.#shown.indexOf(id) : this.#shown.length);
		const ordered = this.#inRows ? inOrder(rows).sort((a, b) => place(a) - place(b)) : inOrder(rows);
		this.#shown = ordered.map(({ id }) => id);
		return ordered;
	}

	private row(row: DayRow, n: number): TemplateResult {
		const type = (part: Partial<DayRow>) =>
			this.copy.type({ rows: this.copy.sheet.rows.map((one) => (one.id === row.id ? { ...one, ...part } : one)) });
		const id = (field: string) => `day-${field}-${row.id}`;
		return html`<li class="day-row">
			<div class="field"><label for=${id('at')}>When</label><input id=${id('at')} type="datetime-local" .value=${unlessTyping(id('at'), toLocalInput(row.at))} @input=${(event: Event) => type({ at: fromLocalInput(typed(event)) })} /></div>
			<div class="field"><label for=${id('what')}>What</label><textarea id=${id('what')} rows="2" maxlength=${LIMITS.dayLine} dir="auto" .value=${live(row.what)} @input=${(event: Event) => type({ what: typed(event) })}></textarea></div>
			<div class="field"><label for=${id('who')}>Who</label><input id=${id('who')} maxlength=${LIMITS.dayLine} dir="auto" autocomplete="off" .value=${live(row.who)} @input=${(event: Event) => type({ who: typed(event) })} /></div>
			<button class="link" aria-label="Remove row ${n}" @click=${() => this.copy.change({ rows: this.copy.sheet.rows.filter((one) => one.id !== row.id) })}>Remove</button>
		</li>`;
	}

	private add(): void {
		const row: DayRow = { id: newId(), at: null, what: '', who: '' };
		void this.copy.change({ rows: [...this.copy.sheet.rows, row] });
		void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#day-what-${row.id}`)?.focus());
	}

	/** On paper the letter is not named: sheets are left lying about. */
	private printed(sheet: DaySheet): TemplateResult {
		return html`<div class="on-paper" aria-hidden="true"><p class="paper-title">The day</p>
			<p><b>Who speaks:</b> ${sheet.speaks || '—'}</p>
			<p><b>Asked for comment:</b> ${sheet.askedAt ? spellTime(sheet.askedAt) : '—'} ${sheet.asked}</p>
			<table class="list"><tbody>${inOrder(sheet.rows).map((row) => html`<tr><td class="tab">${row.at ? spellTime(row.at) : ''}</td><td dir="auto">${row.what}</td><td dir="auto">${row.who}</td></tr>`)}</tbody></table>
			<p class="small">Times as on the clock of the device that this was printed from.</p></div>`;
	}
}

const typed = (event: Event): string =>
	event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement ? event.target.value : '';

customElements.define('desk-day', DeskDay);
