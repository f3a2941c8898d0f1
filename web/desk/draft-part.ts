import { LitElement, type PropertyDeclarations } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';

/** What the parts of the draft editor share: the draft to show, and `draft-change` (bubbles; detail: the fields that changed). */
export class DraftPart extends LitElement {
	static override properties: PropertyDeclarations = { draft: { attribute: false } };
	declare draft: Draft;

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected change(part: Partial<Draft>): void {
		this.dispatchEvent(new CustomEvent('draft-change', { bubbles: true, detail: part }));
	}

	protected typed(event: Event): string {
		const { target } = event;
		return target instanceof HTMLInputElement ||
			target instanceof HTMLTextAreaElement ||
			target instanceof HTMLSelectElement
			? target.value
			: '';
	}

	/** Of the field that is being left: what was typed there if it can be, else the nearest that can, or what was `saved`. The field shows it. */
	protected wholeNumber(event: Event, saved: number, [least, most]: readonly [number, number]): number {
		const typed = Number(this.typed(event));
		const value = Number.isInteger(typed) ? Math.min(most, Math.max(least, typed)) : saved;
		if (event.target instanceof HTMLInputElement) event.target.value = String(value);
		return value;
	}
}
