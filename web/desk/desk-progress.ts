import { html, type TemplateResult } from 'lit';
import type { SoFar } from '../../shared/api/progress.ts';
import { type Group, readCharter } from '../../shared/charter.ts';
import { DeskElement } from './desk-element.ts';
import { type Part, partsBar, partsKey } from './parts-bar.ts';
import { atLeast, stepsChart, stepsTable } from './steps-chart.ts';

type Row = { name: string; parts: Part[] };

const SHOWN = [
	{ kind: 'first', word: 'By name' },
	{ kind: 'second', word: 'Anonymous' },
] as const;
const PROOFS = [
	{ kind: 'first', word: 'Code by mail' },
	{ kind: 'second', word: 'Roster code' },
	{ kind: 'third', word: 'Voucher' },
] as const;

/** `<desk-progress>`: signatures over nights, by group and by way of proof, in coarse steps, each picture with its table. The same for every organizer. Fires nothing. */
export class DeskProgress extends DeskElement {
	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const { soFar } = view;
		return html`<section class="card" aria-labelledby="progress-heading"><h2 id="progress-heading">How many, about</h2>
			<p class="big-count tab"><b>${soFar.signatures === 0 ? 'Fewer than 10' : `At least ${soFar.signatures.toLocaleString('en')}`}</b> ${soFar.signatures === 0 ? 'signatures, or none yet' : 'signatures'}</p>
			<p class="small quiet">In coarse steps from 10 on, moved about once an hour and the same for every organizer, so that nobody can tell from it who signed when.</p>
			<h3>Over the days</h3>
			${stepsOf(soFar, view.letter.now)}
			<h3>By group</h3>
			${bars(
				SHOWN,
				this.groups.map(({ id, name }) => this.shown(id, name)),
			)}
			<h3>By way of proof</h3>
			${bars(
				PROOFS,
				this.groups.map((group) => this.proved(group)),
			)}
			<p class="small quiet">How people proved, whether or not they have signed since. Tries to prove with a mailbox or a voucher that was used before, or to go on from a mailbox that was not: <b class="tab">${atLeast(soFar.refused)}</b>. They were refused. A few are people who changed their device, or took another address; many may be somebody who wants to sign twice, or to know of others whether they proved.</p>
		</section>`;
	}

	private get groups(): Group[] {
		const document = this.desk.unlocked.view.chain?.charters.at(-1);
		return document === undefined ? [] : readCharter(document).groups;
	}

	private shown(id: string, name: string): Row {
		const here = this.desk.unlocked.view.progress.find((one) => one.group === id);
		const counts = [here?.named ?? 0, here?.anonymous ?? 0];
		return { name, parts: SHOWN.map((part, i) => ({ ...part, count: counts[i] ?? 0 })) };
	}

	private proved({ id, name }: Group): Row {
		const here = this.desk.unlocked.view.soFar.proofs.find((one) => one.group === id);
		const counts = [here?.mailbox ?? 0, here?.roster ?? 0, here?.voucher ?? 0];
		return { name, parts: PROOFS.map((part, i) => ({ ...part, count: counts[i] ?? 0 })) };
	}
}

/** From the second night on, once a step was reached: before that there is nothing to see. */
function stepsOf(soFar: SoFar, now: string): TemplateResult {
	const none = soFar.signatures === 0 && soFar.days.every((day) => day.signatures === 0);
	if (none || soFar.days.length < 2) {
		return html`<p class="quiet">${none ? 'Nothing to show before the first step, at 10.' : 'Counted once a night; from the second night on it shows here.'}</p>`;
	}
	return html`${stepsChart(soFar, now)}${stepsTable(soFar)}`;
}

/** Bars, all on one scale, and behind a fold the numbers. */
function bars(kinds: readonly Pick<Part, 'kind' | 'word'>[], rows: readonly Row[]): TemplateResult {
	const total = ({ parts }: Row) => parts.reduce((sum, part) => sum + part.count, 0);
	const most = Math.max(10, ...rows.map(total));
	if (rows.every((row) => total(row) === 0)) return html`<p class="quiet">Fewer than 10 everywhere, so far.</p>`;
	return html`${partsKey(kinds)}<dl class="parts-rows" aria-hidden="true">${rows.map(
		(row) => html`<div><dt>${row.name}</dt><dd>${partsBar(row.parts, most)}</dd></div>`,
	)}</dl>
		<details class="behind"><summary>As a table</summary><table class="list tab">
			<thead><tr><th scope="col">Group</th>${kinds.map(({ word }) => html`<th scope="col">${word}</th>`)}</tr></thead>
			<tbody>${rows.map((row) => html`<tr><th scope="row">${row.name}</th>${row.parts.map((part) => html`<td>${atLeast(part.count)}</td>`)}</tr>`)}</tbody></table></details>`;
}

customElements.define('desk-progress', DeskProgress);
