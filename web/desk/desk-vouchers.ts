import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { DeskView } from '../../shared/api/desk.ts';
import { type Group, readCharter } from '../../shared/charter.ts';
import { makeVouchers, revokeVouchers } from '../../shared/client/drafting.ts';
import { LIMITS } from '../../shared/limits.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { sayWhatMayBe } from './told-once.ts';
import './desk-cards.ts';

type Batch = DeskView['voucherBatches'][number];

/** `<desk-vouchers>`: batches of vouchers, seen by all organizers. Nothing where the letter has no group with vouchers. Fires nothing. */
export class DeskVouchers extends DeskElement {
	static override properties: PropertyDeclarations = { sure: { state: true } };
	/** The batch about to be revoked; '' for none. */
	declare sure: string;

	constructor() {
		super();
		this.sure = '';
	}

	private get groups(): Group[] {
		const document = this.desk.unlocked.view.chain?.charters.at(-1);
		return document === undefined ? [] : readCharter(document).groups.filter((group) => group.proof === 'voucher');
	}

	/** Revoked ones count for ever: the room that is left tells nothing of which were used. */
	private left(group: Group): number {
		const made = this.desk.unlocked.view.voucherBatches.filter((batch) => batch.group === group.id);
		return (group.limit ?? 0) - made.reduce((sum, batch) => sum + batch.count, 0);
	}

	protected override render(): TemplateResult | typeof nothing {
		const { groups } = this;
		if (groups.length === 0) return nothing;
		return html`<section class="card" aria-labelledby="vouchers-heading"><h2 id="vouchers-heading">Vouchers</h2>
			${this.summary()}
			<p>One voucher, one signature. Nobody’s mailbox stands behind it: give each to one person whom you know. All organizers see who made how many, and who revoked which.</p>
			${this.batches()}
			<p>Left to make: ${this.groups.map((group, i) => html`${i > 0 ? ', ' : ''}<b class="tab">${this.left(group)}</b> of ${group.limit} for ${group.name}`)}.</p>
			<desk-cards .desk=${this.desk}></desk-cards>
			${this.form()}</section>`;
	}

	private batches(): TemplateResult {
		const { voucherBatches } = this.desk.unlocked.view;
		if (voucherBatches.length === 0) return html`<p class="quiet">None made yet.</p>`;
		return html`<div class="scroll-x"><table class="list tab batches"><caption class="small quiet">Used ones are counted in coarse steps, moved about once an hour.</caption>
			<thead><tr><th scope="col">Note</th><th scope="col">Group</th><th scope="col">By</th><th scope="col">Made</th><th scope="col">Used</th><th scope="col"><span class="visually-hidden">Act</span></th></tr></thead>
			<tbody>${voucherBatches.map((batch) => this.batch(batch))}</tbody></table></div>`;
	}

	private batch(batch: Batch): TemplateResult {
		const name = batch.note || 'Without a note';
		const { organizers } = this.desk.unlocked.view;
		const by = organizers.find((one) => one.id === batch.organizer)?.name ?? 'Somebody who left';
		const revoker = organizers.find((one) => one.id === batch.revokedBy)?.name;
		const used = batch.usedAtLeast === 0 ? 'fewer than 10' : `at least ${batch.usedAtLeast}`;
		const act = batch.revoked
			? html`Revoked${revoker === undefined ? nothing : html` by <bdi>${revoker}</bdi>`}`
			: html`<button class="link small" ?disabled=${this.busy !== ''} @click=${() => this.ask(batch.batch)}>Revoke the unused<span class="visually-hidden"> of ${name}</span></button>`;
		return html`<tr class=${batch.revoked ? 'quiet' : ''}><th scope="row">${name}</th><td data-name="Group">${this.groups.find((group) => group.id === batch.group)?.name}</td><td data-name="By">${by}</td><td data-name="Made">${batch.count}</td><td data-name="Used">${used}</td>
			<td>${this.sure === batch.batch ? nothing : act}</td></tr>
			${this.sure === batch.batch ? html`<tr class="confirm"><td colspan="6">${this.confirm(batch)}</td></tr>` : nothing}`;
	}

	private confirm({ batch, note }: Batch): TemplateResult {
		return html`<p id="sure-text">Whoever holds one of these and has not used it is told that it is not known. Signatures made with the others stay. You are not told which were used, and revoked ones still count towards the limit. This cannot be undone.</p>
			<div class="actions"><button class="button" id="sure" aria-describedby="sure-text" ?disabled=${this.busy !== ''} @click=${() => this.revoke(batch)}>Revoke the unused${note === '' ? '' : ` of “${note}”`}</button>
			<button class="link" ?disabled=${this.busy !== ''} @click=${() => this.ask('')}>Keep them</button></div>`;
	}

	private form(): TemplateResult {
		return html`<form class="columns" novalidate @submit=${(event: SubmitEvent) => this.make(event)}>
				<div class="field"><label for="voucher-group">Group</label><select id="voucher-group">${this.groups.map((group) => html`<option value=${group.id}>${group.name}</option>`)}</select></div>
				<div class="field" ?data-wrong=${this.trouble?.field === 'voucher-count'}><label for="voucher-count">How many</label>${this.wrong('voucher-count')}
					<input id="voucher-count" type="number" min="1" max=${LIMITS.vouchersPerBatch} value="8" aria-invalid=${this.invalid('voucher-count')} /></div>
				<div class="field"><label for="voucher-note">Note</label><input id="voucher-note" maxlength="60" aria-describedby="voucher-note-hint" />
					<p class="hint" id="voucher-note-hint">For whom, without names. All organizers read it.</p></div>
				<div class="field"><button class="button plain" ?disabled=${this.busy !== ''}>Make vouchers</button></div>
			</form>`;
	}

	private async ask(batch: string): Promise<void> {
		this.sure = batch;
		await this.updateComplete;
		this.querySelector<HTMLElement>('#sure')?.focus();
	}

	private async revoke(batch: string): Promise<void> {
		if (await this.run(batch, () => this.desk.act((call) => revokeVouchers(call, batch)))) this.sure = '';
	}

	private make(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const value = (id: string) =>
			this.querySelector<HTMLInputElement | HTMLSelectElement>(`#${id}`)?.value.trim() ?? '';
		const [group, count, note] = [value('voucher-group'), Number(value('voucher-count')), value('voucher-note')];
		return this.run('make', async () => {
			if (!Number.isInteger(count) || count < 1 || count > LIMITS.vouchersPerBatch) {
				throw new FormTrouble('voucher-count', `Between 1 and ${LIMITS.vouchersPerBatch} at a time.`);
			}
			await this.desk.act(async (call) => {
				const vouchers = await makeVouchers(call, group, count, note).catch(sayWhatMayBe(LOST));
				this.desk.made.vouchers.add({ note, vouchers });
			});
		});
	}
}

const LOST = 'If a batch appears in the list whose vouchers you never saw, revoke it: they cannot be shown again.';

customElements.define('desk-vouchers', DeskVouchers);
