import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { readCharter } from '../../shared/charter.ts';
import { makeVouchers, revokeVouchers } from '../../shared/client/drafting.ts';
import { LIMITS } from '../../shared/limits.ts';
import { readVoucher, showVoucher } from '../../shared/voucher.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';

/** `<desk-vouchers>`: batches of vouchers, seen by all organizers. Nothing where the letter has no group with vouchers. Fires nothing. */
export class DeskVouchers extends DeskElement {
	static override properties: PropertyDeclarations = { made: { state: true } };
	/** The batch just made: shown this once. */
	declare made: string[];

	constructor() {
		super();
		this.made = [];
	}

	private get groups() {
		const document = this.desk.unlocked.view.chain?.charters.at(-1);
		return document === undefined ? [] : readCharter(document).groups.filter((group) => group.proof === 'voucher');
	}

	protected override render(): TemplateResult | typeof nothing {
		const { groups } = this;
		if (groups.length === 0) return nothing;
		const { voucherBatches, organizers } = this.desk.unlocked.view;
		const nameOf = (id: string) => organizers.find((one) => one.id === id)?.name ?? '';
		return html`<section class="card" aria-labelledby="vouchers-heading"><h2 id="vouchers-heading">Vouchers</h2>
			${this.summary()}
			<p>One voucher, one signature. Nobody’s mailbox stands behind it: give each to one person whom you know. All organizers see who made how many.</p>
			${
				voucherBatches.length === 0
					? html`<p class="quiet">None made yet.</p>`
					: html`<div class="scroll-x"><table class="list tab batches"><caption class="visually-hidden">Batches of vouchers</caption>
				<thead><tr><th scope="col">Note</th><th scope="col">Group</th><th scope="col">By</th><th scope="col">Made</th><th scope="col">Used, at least</th><th scope="col"><span class="visually-hidden">Act</span></th></tr></thead>
				<tbody>${voucherBatches.map(
					(
						batch,
					) => html`<tr class=${batch.revoked ? 'quiet' : ''}><th scope="row">${batch.note || 'Without a note'}</th><td data-name="Group">${groups.find((group) => group.id === batch.group)?.name}</td><td data-name="By">${nameOf(batch.organizer)}</td><td data-name="Made">${batch.count}</td><td data-name="Used, at least">${batch.usedAtLeast}</td>
					<td>${batch.revoked ? 'Revoked' : html`<button class="link small" ?disabled=${this.busy !== ''} @click=${() => this.run(batch.batch, () => this.desk.act((call) => revokeVouchers(call, batch.batch)))}>Revoke the unused<span class="visually-hidden"> of ${batch.note}</span></button>`}</td></tr>`,
				)}</tbody></table></div>`
			}
			<form class="columns" novalidate @submit=${(event: SubmitEvent) => this.make(event)}>
				<div class="field"><label for="voucher-group">Group</label><select id="voucher-group">${groups.map((group) => html`<option value=${group.id}>${group.name} (at most ${group.limit})</option>`)}</select></div>
				<div class="field" ?data-wrong=${this.trouble?.field === 'voucher-count'}><label for="voucher-count">How many</label>${this.wrong('voucher-count')}
					<input id="voucher-count" type="number" min="1" max=${LIMITS.vouchersPerBatch} value="10" aria-invalid=${this.invalid('voucher-count')} /></div>
				<div class="field"><label for="voucher-note">Note</label><input id="voucher-note" maxlength="60" /></div>
				<div class="field"><button class="button plain" ?disabled=${this.busy !== ''}>Make vouchers</button></div>
			</form>
			${
				this.made.length === 0
					? nothing
					: html`<div class="note" role="status"><p><b>These ${this.made.length} vouchers are shown this once.</b> Copy them onto paper or into a message now; the server keeps no readable copy.</p>
				<ol class="vouchers">${this.made.map((voucher) => html`<li>${showVoucher(readVoucher(voucher))}</li>`)}</ol>
				<button class="button plain" @click=${() => {
					this.made = [];
				}}>I have them; hide them</button></div>`
			}</section>`;
	}

	private make(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const value = (id: string) => this.querySelector<HTMLInputElement | HTMLSelectElement>(`#${id}`)?.value ?? '';
		const count = Number(value('voucher-count'));
		return this.run('make', async () => {
			if (!Number.isInteger(count) || count < 1 || count > LIMITS.vouchersPerBatch) {
				throw new FormTrouble('voucher-count', `Between 1 and ${LIMITS.vouchersPerBatch} at a time.`);
			}
			this.made = await this.desk.act((call) =>
				makeVouchers(call, value('voucher-group'), count, value('voucher-note').trim()),
			);
		});
	}
}

customElements.define('desk-vouchers', DeskVouchers);
