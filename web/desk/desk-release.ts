import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { readCharter } from '../../shared/charter.ts';
import {
	approveRelease,
	type BuiltRelease,
	buildRelease,
	type Difference,
	type DraftRelease,
	differences,
	keysOf,
	openDraftRelease,
	takeApprovalBack,
} from '../../shared/client/releasing.ts';
import { Fault } from '../../shared/fault.ts';
import { joinNames } from '../../shared/pages/people.ts';
import { DeskElement } from './desk-element.ts';
import { leftOutInWords } from './left-out.ts';
import { inZones, spellTime } from './times.ts';
import './desk-build.ts';
import './desk-differences.ts';
import './desk-rehearsal.ts';
import './desk-release-changes.ts';

/** A draft as opened here, beside what this browser builds from its own opening. */
type Compared = { draft: DraftRelease; mine: BuiltRelease; found: Difference[] };

/** `<desk-release>`: one release for all: built by one, rebuilt and compared by each, approved by M. Fires nothing. */
export class DeskRelease extends DeskElement {
	static override properties: PropertyDeclarations = { compared: { state: true }, building: { state: true } };
	declare compared: Compared | null;
	declare building: boolean;
	#for = '';

	constructor() {
		super();
		this.compared = null;
		this.building = false;
	}

	/** Compares anew whenever the draft, the strikes, the withdrawals or the opening changed: an approval is of what stands now. */
	protected override updated(): void {
		const { view } = this.desk.unlocked;
		const { opening } = this.desk.opening;
		const { release, strikes, withdrawn } = view;
		const now =
			release && opening
				? JSON.stringify([release.attempt, release.releaseHash, strikes, withdrawn, opening.names.length])
				: '';
		if (now === this.#for || this.busy !== '') return;
		this.#for = now;
		this.compared = null;
		if (now !== '') void this.compare();
	}

	private compare(): Promise<boolean> {
		return this.run('compare', async () => {
			const { organizer, view } = this.desk.unlocked;
			const { opening } = this.desk.opening;
			if (opening === null) return;
			const { root } = await this.desk.standing();
			const draft = await openDraftRelease(this.desk.call, organizer, root);
			const choice = { ...draft.release.terms, deliveries: draft.deliveries };
			const mine = await buildRelease(view, opening, choice, keysOf(draft.release));
			this.compared = { draft, mine, found: differences(mine, draft.release, opening.names) };
		});
	}

	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const opened = this.desk.opening.opening !== null;
		return html`<section class="card" aria-labelledby="release-heading"><h2 id="release-heading" tabindex="-1">The release</h2>
			${this.summary()}
			<desk-release-changes .desk=${this.desk}></desk-release-changes>
			${view.release === null ? html`<p class="quiet">Nobody has built a release yet.</p>` : this.draft()}
			${
				opened
					? this.building || view.release === null
						? html`<desk-build .desk=${this.desk} .last=${this.compared?.draft ?? null} @begun=${this.turn(true)} @built=${this.turn(false)}></desk-build>`
						: html`<button class="button plain" @click=${this.turn(true)}>Build it again</button>`
					: html`<p class="quiet">Open the names to build a release, or to compare one.</p>`
			}</section>`;
	}

	/** Whether the form stands there, also beside the release that it built. */
	private turn(building: boolean) {
		return () => {
			this.building = building;
		};
	}

	private draft(): TemplateResult | typeof nothing {
		const { release, organizers, chain } = this.desk.unlocked.view;
		if (release === null) return nothing;
		const nameOf = (id: string) => organizers.find((one) => one.id === id)?.name ?? '';
		const document = chain?.charters.at(-1);
		const need = document === undefined ? 0 : readCharter(document).threshold;
		const approved = release.approvedBy.map(nameOf);
		return html`<p>Built by ${nameOf(release.proposer)}, to go out on <b>${spellTime(release.releaseAt)}</b>. Approved by ${approved.length === 0 ? 'nobody yet' : joinNames(approved)}; ${need} are needed.</p>
			<details><summary>The same moment elsewhere</summary><ul class="plain-list tab">${inZones(release.releaseAt).map((one) => html`<li><span>${one.where}</span><span>${one.reads}</span></li>`)}</ul></details>
			${this.busy === 'compare' ? html`<p class="quiet" role="status">Rebuilding the release from the names that you opened.</p>` : nothing}
			${this.compared ? this.checked(this.compared, this.approved) : this.again()}`;
	}

	/** Where comparing failed, as with a connection that dropped: building it again instead would end the approvals. */
	private again(): TemplateResult | typeof nothing {
		if (this.trouble === null || this.busy !== '' || this.desk.opening.opening === null) return nothing;
		return html`<p>It was not compared yet, so it cannot be approved here.</p>
			<div class="actions"><button class="button" @click=${() => {
				// The button goes; whoever pressed it stays in this card.
				this.querySelector<HTMLElement>('#release-heading')?.focus();
				void this.compare();
			}}>Try again</button></div>`;
	}

	private checked({ draft, mine, found }: Compared, approved: boolean): TemplateResult {
		const { release } = this.desk.unlocked.view;
		const same = found.length === 0 && mine.releaseHash === release?.releaseHash;
		return html`<desk-differences .found=${found}></desk-differences>${this.leftOut(mine)}${this.terms(mine)}
			<desk-rehearsal .desk=${this.desk} .draft=${draft}></desk-rehearsal>
			<div class="actions">${
				approved
					? html`<p class="good" role="status">You have approved.</p><button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.back()}>Take it back</button>`
					: html`<button class="button" ?disabled=${!same || this.busy !== ''} @click=${() => this.approve(mine)}>${this.busy === 'approve' ? 'Approving' : 'Approve this release'}</button>`
			}</div>
			${approved ? nothing : html`<p class="small quiet">With the ${this.nth()} approval it is scheduled and goes out by itself. Until then you can take yours back.</p>`}`;
	}

	/** As this browser settles it, whoever built the release: who is in it can be looked at, who is not can be seen nowhere else. */
	private leftOut({ leftOut }: BuiltRelease): TemplateResult {
		const words = leftOutInWords(leftOut);
		if (words === null) return html`<p class="small">Every signature that stands is in it.</p>`;
		return html`<p class="small"><b>Left out of it:</b> ${words}. The letter will say how many were struck or lapsed, not who.</p>`;
	}

	/** Out of what one's own approval is over, not out of what the server says beside it. */
	private terms({ release: { terms }, deliveries }: BuiltRelease): TemplateResult {
		const sent =
			deliveries.length === 0
				? 'to nobody by mail'
				: html`by mail to ${deliveries.map((one, at) => html`${at === 0 ? '' : ', '}<b class="address">${one}</b>`)}`;
		return html`<p class="small">Your approval is for exactly this: it goes out on <b>${spellTime(terms.releaseAt)}</b>, at <b>${this.desk.parts.origin}/letters/${terms.slug}</b>, with <b dir="auto">${terms.press}</b> as press contact, and ${sent}.</p>`;
	}

	private nth(): string {
		const document = this.desk.unlocked.view.chain?.charters.at(-1);
		const need = document === undefined ? 0 : readCharter(document).threshold;
		return ['', 'first', 'second', 'third', 'fourth', 'fifth'][need] ?? `${need}th`;
	}

	private approve(mine: BuiltRelease): Promise<boolean> {
		const approved = () => this.desk.view?.release?.releaseHash === mine.releaseHash && this.approved;
		const work = async () => {
			const { organizer, view } = this.desk.unlocked;
			const standing = await this.desk.standing();
			if (mine.releaseHash !== view.release?.releaseHash) {
				throw new Fault('release-form', 'release', 'The release changed meanwhile. Look at the differences first.');
			}
			await this.desk.act((call) => approveRelease(call, organizer, standing, view, mine));
		};
		return this.run('approve', work, approved);
	}

	private back(): Promise<boolean> {
		return this.run(
			'back',
			() => this.desk.act(takeApprovalBack),
			() => !this.approved,
		);
	}

	private get approved(): boolean {
		const { release, you } = this.desk.unlocked.view;
		return release?.approvedBy.includes(you.organizer) ?? false;
	}
}

customElements.define('desk-release', DeskRelease);
