import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { writeInviteLink } from '../../shared/client/invite-link.ts';
import { readVoucher } from '../../shared/voucher.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { KnownRoot } from './known-root.ts';
import type { MadeBatch } from './made-vouchers.ts';
import { cardsFile, download } from './print/drawing.ts';

/** `<desk-cards>`: the vouchers that were just made, on cards or to copy; nothing without. Fires nothing. */
export class DeskCards extends DeskElement {
	static override properties: PropertyDeclarations = { printed: { state: true } };
	declare printed: boolean;
	readonly #root = new KnownRoot(this);

	constructor() {
		super();
		this.printed = false;
	}

	protected override render(): TemplateResult | typeof nothing {
		const { batches } = this.desk.made.vouchers;
		if (batches.length === 0) return nothing;
		const count = batches.reduce((sum, { vouchers }) => sum + vouchers.length, 0);
		return html`<div class="note" role="status"><p><b>${count === 1 ? 'This voucher is' : `These ${count} vouchers are`} shown this once.</b> Print or copy ${count === 1 ? 'it' : 'them'} before you close this page; the server keeps no readable copy.</p></div>
			${this.summary()}
			${batches.map((batch) => this.batch(batch))}
			${this.print()}
			<p><button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.hide()}>I have them; hide them</button></p>`;
	}

	private batch({ note, vouchers }: MadeBatch): TemplateResult {
		return html`<h3>${note || 'Without a note'}</h3><ol class="vouchers">${vouchers.map((voucher) => html`<li>${voucher}</li>`)}</ol>`;
	}

	private print(): TemplateResult {
		const links = this.desk.unlocked.view.links.filter((one) => !one.revoked);
		if (links.length === 0) {
			return html`<p>Cards carry an invite link with the voucher in it. Make a link first, and they can be printed here.</p>`;
		}
		return html`<form class="inline-form" novalidate @submit=${(event: SubmitEvent) => this.cards(event)}>
				<div class="field" ?data-wrong=${this.trouble?.field === 'card-link'}><label for="card-link">Cards with this invite link</label>${this.wrong('card-link')}
					<p class="hint" id="card-hint">Eight to a sheet. A card opens the letter with its voucher filled in, and names neither company nor letter. Print them at home. If the link is revoked, the code under it still works by any other link.</p>
					<select id="card-link" aria-describedby="card-hint">${links.map(({ link, note }) => html`<option value=${link}>${note || 'Link without a note'}</option>`)}</select></div>
				<button class="button" ?disabled=${this.busy !== ''}>Cards (PDF)</button>
			</form>
			<p role="status" class="small">${this.printed ? 'The file is among this device’s downloads. Delete it there once it is printed: who has it has the vouchers.' : ''}</p>`;
	}

	private cards(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const link = this.querySelector<HTMLSelectElement>('#card-link')?.value ?? '';
		const { value: root } = this.#root;
		return this.run('cards', async () => {
			if (root === null) throw new FormTrouble('card-link', 'This browser does not know the letter’s fingerprint yet.');
			const { origin } = this.desk.parts;
			const vouchers = this.desk.made.vouchers.batches.flatMap((batch) => batch.vouchers).map(readVoucher);
			const cards = vouchers.map((voucher) => ({ voucher, link: writeInviteLink(origin, link, root, voucher) }));
			download('cards.pdf', await cardsFile(cards));
			this.printed = true;
		});
	}

	private hide(): void {
		this.desk.made.vouchers.forget();
		this.printed = false;
		this.desk.changed();
	}
}

customElements.define('desk-cards', DeskCards);
