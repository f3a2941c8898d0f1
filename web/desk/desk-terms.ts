import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Standing } from '../../shared/client/deciding.ts';
import { renderMarkdown, renderReferences } from '../../shared/markdown.ts';
import { languageName } from './languages.ts';
import { explainThreshold } from './threshold.ts';
import { spellTime } from './times.ts';

/** `<desk-terms>`: a charter in words, read from the very bytes that are hashed and approved. `standing` is a property. Fires nothing. */
export class DeskTerms extends LitElement {
	static override properties: PropertyDeclarations = { standing: { attribute: false } };
	declare standing: Standing;

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const { charter, text } = this.standing;
		const n = charter.organizers.length;
		const { collude, lost } = explainThreshold(charter.threshold, n);
		const row = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
		return html`<dl class="terms">
			${row('Title', html`<span dir="auto">${text.title}</span>`)}
			${text.addressees === '' ? nothing : row('To', html`<span dir="auto">${text.addressees}</span>`)}
			${row('Organizers', charter.organizers.map((one) => one.name).join(', '))}
			${row('Must act together', html`${charter.threshold} of ${n}. <span class="quiet">${collude} ${lost}</span>`)}
			${charter.groups.map((group) => {
				const headcount = charter.headcounts.find((one) => one.group === group.id);
				const proof =
					group.proof === 'mailbox' ? `work address at ${group.domains.join(', ')}` : `at most ${group.limit} vouchers`;
				return row(
					group.name,
					html`${proof}${headcount ? html`; ${headcount.count.toLocaleString('en')} people <span class="quiet">(${headcount.source})</span>` : nothing}`,
				);
			})}
			${row('Signing closes', spellTime(charter.closesAt))}
			${row('Last call', `${charter.lastCallHours} hours`)}
			${row('Erased if not released by', spellTime(charter.expiresOn))}
			${row('Labels', charter.labels.join(', ') || 'None')}
			${row('Smallest group printed', charter.smallestCell)}
			${row('Mail', charter.codeOnly ? 'A code only' : 'A code and a link')}
			${row('Advice', charter.advice || 'None')}
		</dl>
		${[text, ...text.translations].map((one, i) => this.written(one, i))}`;
	}

	private written(one: Omit<Standing['text'], 'translations'>, i: number): TemplateResult {
		const mark = `terms-${i}`;
		return html`<details class="as-read"><summary>The text, as it will be signed${i === 0 ? nothing : html`, in <span lang=${one.language}>${languageName(one.language)}</span>`}</summary>
			<div class="sheet preview" lang=${one.language}>
			${i === 0 ? nothing : html`<p class="preview-title" dir="auto">${one.title}</p>${one.addressees === '' ? nothing : html`<p class="to" dir="auto">${one.addressees}</p>`}`}
			<div class="body" dir="auto">${unsafeHTML(renderMarkdown(one.text, one.references, mark))}</div>
			${one.references.length === 0 ? nothing : unsafeHTML(renderReferences(one.references, mark))}</div>
		</details>`;
	}
}

customElements.define('desk-terms', DeskTerms);
