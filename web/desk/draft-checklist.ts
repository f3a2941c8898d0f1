import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';
import { checklist, type Point, ready } from './checklist.ts';
import { DeskElement } from './desk-element.ts';
import type { Unread } from './draft-copy.ts';

const SAID = { done: 'done', must: 'to do', advised: 'advised, and freezing goes without', may: 'can wait' } as const;
const MARKS = { done: '✓', must: '○', advised: '△', may: '–' } as const;

/**
 * `<draft-checklist>`: what stands between the draft and freezing it, each point with its fix, and the button that freezes. `draft`, `unread` and
 * `freezing` are properties. Fires `draft-freeze`.
 */
export class DraftChecklist extends DeskElement {
	static override properties: PropertyDeclarations = {
		draft: { attribute: false },
		unread: { attribute: false },
		freezing: { attribute: false },
	};
	declare draft: Draft;
	declare unread: Unread;
	declare freezing: boolean;

	protected override render(): TemplateResult {
		const points = checklist(this.desk.unlocked.view, this.draft, this.unread);
		const may = ready(points);
		const left = points.filter((point) => !point.done && point.weight === 'must').length;
		const advised = points.some((point) => !point.done && point.weight === 'advised');
		return html`<section class="card" aria-labelledby="before-heading">
			<h2 id="before-heading" tabindex="-1">Before freezing</h2>
			<p>Freezing makes the letter’s keys and its fingerprint. All organizers then compare the fingerprint and approve; with the last of them the letter is open. Going back to writing ends the freeze, and so does whoever comes in or leaves.</p>
			<ul class="checklist">${points.map((point) => this.point(point))}</ul>
			<button class="button" ?disabled=${!may || this.freezing} @click=${() => this.dispatchEvent(new CustomEvent('draft-freeze', { bubbles: true }))}>${this.freezing ? 'Making the letter’s keys' : 'Freeze and compare'}</button>
			<p class="small quiet" role="status">${may ? (advised ? 'You can freeze. What is marked △ is better done before.' : '') : `This opens when every point marked ○ is done: ${left} to go.`}</p>
		</section>`;
	}

	private point({ done, weight, text, detail, fix }: Point): TemplateResult {
		const is = done ? 'done' : weight;
		return html`<li class=${is === 'must' ? 'open' : is}>
			<span class="mark" aria-hidden="true">${MARKS[is]}</span>
			<span>${text}<span class="visually-hidden">: ${SAID[is]}</span>${detail === '' ? nothing : html`<span class="quiet">${done ? ':' : ''} ${detail}</span>`}
			${done || fix === '' ? nothing : html` <a class="small fix" href="#${fix}" @click=${(event: Event) => this.go(event, fix)}>Go there<span class="visually-hidden">: ${text}</span></a>`}</span>
		</li>`;
	}

	private go(event: Event, fix: string): void {
		event.preventDefault();
		const target = document.getElementById(fix);
		for (let at = target?.closest('details'); at; at = at.parentElement?.closest('details')) at.open = true;
		target?.focus();
		target?.scrollIntoView({ block: 'center' });
	}
}

customElements.define('draft-checklist', DraftChecklist);
