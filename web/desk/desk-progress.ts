import { html, svg, type TemplateResult } from 'lit';
import { readCharter } from '../../shared/charter.ts';
import { DeskElement } from './desk-element.ts';

const atLeast = (n: number) => (n === 0 ? 'fewer than 10' : `at least ${n.toLocaleString('en')}`);

/** `<desk-progress>`: signatures by group in coarse steps, as bars with their table. The same for every organizer. Fires nothing. */
export class DeskProgress extends DeskElement {
	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const document = view.chain?.charters.at(-1);
		const groups = document === undefined ? [] : readCharter(document).groups;
		const rows = groups.map((group) => {
			const here = view.progress.find((one) => one.group === group.id);
			return { name: group.name, named: here?.named ?? 0, anonymous: here?.anonymous ?? 0 };
		});
		const most = Math.max(10, ...rows.map((row) => row.named + row.anonymous));
		return html`<section class="card" aria-labelledby="progress-heading"><h2 id="progress-heading">How many, about</h2>
			<table class="list tab progress"><caption class="small quiet">In coarse steps, moved about once an hour, so that nobody can tell from it who signed when.</caption>
				<thead><tr><th scope="col">Group</th><th scope="col">By name</th><th scope="col">Anonymous</th><th scope="col" aria-hidden="true"></th></tr></thead>
				<tbody>${rows.map(
					(
						row,
					) => html`<tr><th scope="row">${row.name}</th><td data-name="By name">${atLeast(row.named)}</td><td data-name="Anonymous">${atLeast(row.anonymous)}</td>
					<td class="bar-cell" aria-hidden="true"><svg viewBox="0 0 100 6" preserveAspectRatio="none" class="bar">
						${svg`<rect class="track" width="100" height="6"/><rect class="named" width=${(row.named / most) * 100} height="6"/><rect class="anonymous" x=${(row.named / most) * 100} width=${(row.anonymous / most) * 100} height="6"/>`}
					</svg></td></tr>`,
				)}</tbody></table></section>`;
	}
}

customElements.define('desk-progress', DeskProgress);
