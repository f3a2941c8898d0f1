import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { type DraftRelease, openDraftRelease } from '../../shared/client/releasing.ts';
import { ended, joinNames } from '../../shared/pages/people.ts';
import { DeskElement } from './desk-element.ts';
import type { DeskStop } from './desk-stop.ts';
import { goTo } from './go-to.ts';
import { inZones, spellTime, until } from './times.ts';
import './desk-decision.ts';
import './desk-deliveries.ts';
import './desk-embargo.ts';
import './desk-rehearsal.ts';
import './desk-release-changes.ts';
import './desk-stop.ts';

/** `<desk-scheduled>`: the countdown, who approved, and the stop. Fires nothing. */
export class DeskScheduled extends DeskElement {
	static override properties: PropertyDeclarations = { draft: { state: true } };
	/** The release as it was approved, once somebody looks at it here. */
	declare draft: DraftRelease | null;

	constructor() {
		super();
		this.draft = null;
	}

	protected override firstUpdated(): void {
		void this.arrive();
	}

	private async arrive(): Promise<void> {
		const { goal } = this.desk;
		if (goal === null) return this.focusHeading();
		this.desk.goal = null;
		await this.querySelector<DeskStop>('desk-stop')?.updateComplete;
		goTo(goal);
	}

	protected override render(): TemplateResult {
		const { letter, release, organizers } = this.desk.unlocked.view;
		const at = letter.releaseAt ?? release?.releaseAt;
		const names = organizers.filter((one) => release?.approvedBy.includes(one.id)).map((one) => one.name);
		return html`${this.summary()}<h1 tabindex="-1">It goes out by itself</h1>
			${at ? html`<p class="clock tab" role="timer">${until(at, letter.now)}</p><p class="lead">On ${spellTime(at)}${letter.slug ? html`, at <b>${this.desk.parts.origin}/letters/${letter.slug}</b>` : nothing}.</p>` : nothing}
			${names.length === 0 ? nothing : html`<p>${ended(`Approved by ${joinNames(names)}`)}</p>`}
			<p class="quiet">People can still take their names off, and vanish from it. You need not be online.</p>
			${at ? html`<section class="card"><h2>The same moment elsewhere</h2><ul class="plain-list tab">${inZones(at).map((one) => html`<li><span>${one.where}</span><span>${one.reads}</span></li>`)}</ul></section>` : nothing}
			${this.look()}
			<desk-deliveries .desk=${this.desk}></desk-deliveries>
			<desk-embargo .desk=${this.desk}></desk-embargo>
			<desk-stop .desk=${this.desk}></desk-stop>
			<desk-decision .desk=${this.desk} kind="abandon"></desk-decision>`;
	}

	private look(): TemplateResult {
		const { draft } = this;
		return html`<section class="card"><h2>What goes out</h2>
			<p>The release as enough of you approved it. Whoever took their name off since is still in it here, and in nothing that goes out.</p>
			${
				draft === null
					? html`<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.fetchDraft()}>${this.busy === 'draft' ? 'Fetching it' : 'Look at it once more'}</button>`
					: html`<desk-rehearsal .desk=${this.desk} .draft=${draft}></desk-rehearsal>`
			}
			<desk-release-changes .desk=${this.desk}></desk-release-changes></section>`;
	}

	private fetchDraft(): Promise<boolean> {
		return this.run('draft', async () => {
			const { organizer } = this.desk.unlocked;
			const { root } = await this.desk.standing();
			this.draft = await openDraftRelease(this.desk.call, organizer, root);
		});
	}
}

customElements.define('desk-scheduled', DeskScheduled);
