import { html, type TemplateResult } from 'lit';
import { deskCopy } from '../../shared/client/desk-copy.ts';
import { DeskElement } from './desk-element.ts';

/** `<desk-export>`: one file to take along. Fires nothing. */
export class DeskExport extends DeskElement {
	protected override render(): TemplateResult {
		const { letter } = this.desk.unlocked.view;
		return html`<section class="card"><h2>Take a copy with you</h2>${this.summary()}
			<p>One file with what the desk shows of the letter: texts, charter, approvals, what was decided, links, counts, the sheet for the day, posts. No signer stands in it, and no journalist.${letter.state === 'released' ? ' The names are in the letter’s own files, which everybody can fetch.' : ''}</p>
			<p>It says what you are organizing, and names the organizers. Keep it off your company’s devices.</p>
			<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.run('export', () => this.save())}>Save the copy</button></section>`;
	}

	private async save(): Promise<void> {
		const { view } = this.desk.unlocked;
		const address = URL.createObjectURL(new Blob([deskCopy(view)], { type: 'application/json' }));
		const link = document.createElement('a');
		link.href = address;
		// Says nothing of what it is.
		link.download = `copy-${view.letter.now.slice(0, 10)}.json`;
		link.click();
		URL.revokeObjectURL(address);
	}
}

customElements.define('desk-export', DeskExport);
