import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { EmbargoLinkView } from '../../shared/api/embargo.ts';
import { makeEmbargoLink, revokeEmbargoLink } from '../../shared/client/embargo.ts';
import { writeTime } from '../../shared/document.ts';
import { LIMITS } from '../../shared/limits.ts';
import { ended as sentence } from '../../shared/pages/people.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import type { MadeLink } from './made-links.ts';
import { fromLocalInput, spellTime, toLocalInput } from './times.ts';
import { sayWhatMayBe } from './told-once.ts';
import './copy-text.ts';

const fortnight = 14 * 24 * 3_600_000;
const LOST = 'If a link appears in the list that you never saw, revoke it and make another: it cannot be shown again.';

/** `<desk-embargo>`: a link for each outlet, seen by all organizers, each revocable. Fires nothing. */
export class DeskEmbargo extends DeskElement {
	static override properties: PropertyDeclarations = { sure: { state: true } };
	/** The link about to be revoked. */
	declare sure: string;
	/** Fixed when it is first shown, so that a refresh does not change what somebody is typing. */
	#until = '';

	constructor() {
		super();
		this.sure = '';
	}

	protected override render(): TemplateResult {
		const { embargoLinks, letter } = this.desk.unlocked.view;
		this.#until ||= toLocalInput(writeTime(new Date(Date.parse(letter.releaseAt ?? letter.now) + fortnight)));
		return html`<section class="card" aria-labelledby="embargo-heading"><h2 id="embargo-heading">Journalists under embargo</h2>
			${this.summary()}
			<p>Each outlet gets a link of its own. It shows nothing until enough of you have approved a release; then exactly that one, with “Prepared for” and the outlet’s name on every page; from the release on, the public page.</p>
			<p class="note">Whoever has this link can read the names from the approval on. You cannot take back what was read: revoking only ends the link. An embargo is a promise between you and them, so agree on it before. Pages, PDF and text say until when it holds; the table, the picture and the release file cannot, so say it with them.</p>
			${embargoLinks.length === 0 ? html`<p class="quiet">No link yet.</p>` : html`<ul class="plain-list links">${embargoLinks.map((one) => this.link(one, letter.now))}</ul>`}
			<form class="columns" novalidate @submit=${(event: SubmitEvent) => this.make(event)}>
				<div class="field" ?data-wrong=${this.trouble?.field === 'embargo-outlet'}><label for="embargo-outlet">Outlet</label>${this.wrong('embargo-outlet')}
					<p class="hint" id="embargo-outlet-hint">And who there, such as “The Northern Post, Ida Berg”. It stands on every page that they see.</p>
					<input id="embargo-outlet" maxlength=${LIMITS.outlet} autocomplete="off" aria-describedby="embargo-outlet-hint" aria-invalid=${this.invalid('embargo-outlet')} /></div>
				<div class="field" ?data-wrong=${this.trouble?.field === 'embargo-until'}><label for="embargo-until">Good until</label>${this.wrong('embargo-until')}
					<p class="hint" id="embargo-until-hint">In your own time. After it, the link says that it has ended.</p>
					<input id="embargo-until" type="datetime-local" value=${this.#until} aria-describedby="embargo-until-hint" aria-invalid=${this.invalid('embargo-until')} /></div>
				<div class="field"><button class="button plain" ?disabled=${this.busy !== ''}>Make a link</button></div>
			</form>
			${this.desk.made.links.all.map((made) => this.shownOnce(made))}</section>`;
	}

	private shownOnce(made: MadeLink): TemplateResult {
		const { whom, link } = made;
		return html`<div class="note" role="status"><p><b>The link for ${whom} is shown this once.</b> Hand it on now; the server keeps no readable copy. If it is lost, revoke it and make another.</p>
			<copy-text label="Link for ${whom}" .text=${link}></copy-text>
			<button class="button plain" @click=${() => {
				this.desk.made.links.hide(made);
				this.desk.changed();
			}}>I have it; hide it</button></div>`;
	}

	private link({ id, outlet, createdBy, expiresAt, revoked }: EmbargoLinkView, now: string): TemplateResult {
		const { organizers } = this.desk.unlocked.view;
		const by = organizers.find((one) => one.id === createdBy)?.name ?? 'an organizer';
		if (revoked) return html`<li class="quiet"><s>${outlet}</s> revoked; made by ${by}</li>`;
		const ended = expiresAt <= now;
		return html`<li><div class="link-row"><span><b>${outlet}</b><br /><span class="small quiet">${sentence(`Made by ${by}`)} ${ended ? 'Ended' : 'Good until'} ${spellTime(expiresAt)}.</span></span>
			${ended || this.sure === id ? nothing : this.choice(`Revoke the link of ${outlet}`, 'Revoke', id)}</div>
			${this.sure === id ? this.confirm(id, outlet) : nothing}</li>`;
	}

	private choice(label: string, word: string, id: string): TemplateResult {
		return html`<button class="link small" aria-label=${label} ?disabled=${this.busy !== ''} @click=${() => {
			this.sure = id;
		}}>${word}</button>`;
	}

	private confirm(id: string, outlet: string): TemplateResult {
		return html`<p>The link ends for whoever has it. What was read through it stays read.</p>
			<div class="actions"><button class="button" ?disabled=${this.busy !== ''} @click=${() => this.revoke(id)}>Revoke the link of ${outlet}</button>
			${this.choice('Keep the link', 'Keep it', '')}</div>`;
	}

	private revoke(id: string): Promise<boolean> {
		return this.run(id, async () => {
			await this.desk.act((call) => revokeEmbargoLink(call, id));
			this.sure = '';
		});
	}

	private make(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const input = (id: string) => this.querySelector<HTMLInputElement>(`#${id}`);
		const outlet = input('embargo-outlet')?.value.trim() ?? '';
		const until = fromLocalInput(input('embargo-until')?.value ?? '');
		return this.run('make', async () => {
			if (outlet === '') throw new FormTrouble('embargo-outlet', 'Name the outlet that the link is for.');
			if (until === null || until <= this.desk.unlocked.view.letter.now) {
				throw new FormTrouble('embargo-until', 'Choose a time that is still to come.');
			}
			await this.desk.act(async (call) => {
				const link = await makeEmbargoLink(call, outlet, until).catch(sayWhatMayBe(LOST));
				this.desk.made.links.add({ whom: outlet, link });
			});
			const field = input('embargo-outlet');
			if (field) field.value = '';
		});
	}
}

customElements.define('desk-embargo', DeskEmbargo);
