import { html, nothing, type TemplateResult } from 'lit';
import { STRIKE_REASONS, type StrikeReason } from '../../../shared/entry.ts';
import { STRIKE_WORDS } from '../strike-reasons.ts';
import type { NameRow } from './notices.ts';

/** `by`: who proposed it. */
export type Struck = { reason: StrikeReason; by: string };
/** With null, it is put back. */
export type StrikeWish = { key: string; reason: StrikeReason | null };

/** One row of the table, and what can be done in it. */
export type ShownRow = {
	row: NameRow;
	/** Among all rows, from 0. */
	at: number;
	struck: Struck | undefined;
	/** The keyboard is here. */
	active: boolean;
	/** Its reason is being chosen. */
	asked: boolean;
	busy: boolean;
};
export type RowActs = {
	activate(key: string): void;
	/** Asks for the reason. */
	ask(key: string): void;
	leave(): void;
	wish(wish: StrikeWish): void;
};

const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

export function nameRow(shown: ShownRow, acts: RowActs): TemplateResult {
	const { row, at, struck, active } = shown;
	const classes = `${struck ? 'struck' : ''}${active ? ' active' : ''}`;
	return html`<tr role="row" id="name-row-${at}" data-key=${row.key} aria-rowindex=${at + 2} aria-selected=${active} class=${classes} @click=${() => acts.activate(row.key)}>
		<th role="rowheader" scope="row"><bdi>${row.name}</bdi></th><td role="gridcell" data-name="Title"><bdi>${row.title}</bdi></td><td role="gridcell" data-name="Proven mailbox">${mailbox(row)}</td>
		<td role="gridcell" data-name="What we noticed">${struck ? html`<span class="reason">${STRIKE_WORDS[struck.reason]}, says ${struck.by}</span>` : noticed(row)}</td>
		<td role="gridcell" class="act">${struck ? putBack(shown, acts) : strikeActs(shown, acts)}</td>
	</tr>`;
}

/** A long one breaks before its domain. */
function mailbox({ mailbox: address }: NameRow): TemplateResult {
	if (address === null) return html`<span class="quiet">No mailbox</span>`;
	const at = address.lastIndexOf('@');
	return html`${address.slice(0, at)}<wbr />${address.slice(at)}`;
}

function noticed({ notices }: NameRow): TemplateResult {
	if (notices.length === 0) return html`<span class="quiet">Nothing unusual</span>`;
	return html`${notices.map((notice, i) => html`${i > 0 ? '; ' : ''}<span class=${notice.serious ? 'flag' : ''}>${i > 0 ? lowerFirst(notice.text) : notice.text}</span>`)}`;
}

const whose = (row: NameRow) => html`<span class="visually-hidden"> ${row.name}</span>`;

function putBack({ row, busy }: ShownRow, acts: RowActs): TemplateResult {
	return html`<button class="link small" ?disabled=${busy} @click=${() => acts.wish({ key: row.key, reason: null })}>Put back${whose(row)}</button>`;
}

function strikeActs(shown: ShownRow, acts: RowActs): TemplateResult {
	const { row, busy } = shown;
	if (shown.asked) return strikeForm(shown, acts);
	const ready = row.notices.find((notice) => notice.strike !== undefined)?.strike;
	return html`${ready === undefined ? nothing : html`<button class="link small" ?disabled=${busy} @click=${() => acts.wish({ key: row.key, reason: ready })}>Propose: ${lowerFirst(STRIKE_WORDS[ready])}${whose(row)}</button> `}<button
		class="link small" @click=${() => acts.ask(row.key)}>${ready === undefined ? 'Propose to strike' : 'Another reason'}${whose(row)}</button>`;
}

/** Choosing alone does nothing: with arrow keys, some browsers choose each reason on the way. */
function strikeForm({ row, busy }: ShownRow, acts: RowActs): TemplateResult {
	const propose = (event: SubmitEvent) => {
		event.preventDefault();
		const form = event.currentTarget instanceof HTMLFormElement ? event.currentTarget : null;
		const chosen = form?.querySelector('select')?.value;
		const reason = STRIKE_REASONS.find((one) => one === chosen);
		if (reason) acts.wish({ key: row.key, reason });
	};
	return html`<form class="strike-form" @submit=${propose}><select id="strike-reason" aria-label="Why strike ${row.name}" required>
		<option value="">Why?</option>${STRIKE_REASONS.map((reason) => html`<option value=${reason}>${STRIKE_WORDS[reason]}</option>`)}</select>
		<button class="link small" ?disabled=${busy}>Propose it</button>
		<button class="link small" type="button" @click=${() => acts.leave()}>Leave it</button></form>`;
}
