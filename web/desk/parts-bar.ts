import { html, svg, type TemplateResult } from 'lit';

/** `kind` names its colour in the style sheet. */
export type Part = { kind: 'first' | 'second' | 'third'; word: string; count: number };

/** One bar of several parts. @param most what its whole width stands for */
export function partsBar(parts: readonly Part[], most: number): TemplateResult {
	let from = 0;
	const drawn = parts.map(({ kind, count }) => {
		const x = from;
		from += (count / most) * 100;
		return svg`<rect class=${kind} x=${x} width=${from - x} height="6"/>`;
	});
	return html`<svg viewBox="0 0 100 6" preserveAspectRatio="none" class="parts" aria-hidden="true">${svg`<rect class="track" width="100" height="6"/>`}${drawn}</svg>`;
}

/** What the colours stand for. */
export function partsKey(parts: readonly Pick<Part, 'kind' | 'word'>[]): TemplateResult {
	return html`<ul class="key small" aria-hidden="true">${parts.map(({ kind, word }) => html`<li><svg viewBox="0 0 10 10" class="parts">${svg`<rect class=${kind} width="10" height="10"/>`}</svg>${word}</li>`)}</ul>`;
}
