import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { stop } from '../../shared/client/deciding.ts';
import { joinNames } from '../../shared/pages/people.ts';
import { DeskElement } from './desk-element.ts';

/** `<desk-stop>`: takes a scheduled letter back to review. The first stop of each organizer acts alone; after it, it takes two of them. Fires nothing. */
export class DeskStop extends DeskElement {
	static override properties: PropertyDeclarations = { sure: { state: true } };
	declare sure: boolean;

	constructor() {
		super();
		this.sure = false;
	}

	protected override render(): TemplateResult {
		return html`<section class="card" aria-labelledby="stop-heading"><h2 id="stop-heading" tabindex="-1">Stop it</h2>${this.summary()}
			<p>The letter goes back to review, the release is deleted from the server, and you agree on a new one. ${this.whoCan()}</p>
			${this.waits ? html`<p><b>Your stop waits for one more of you.</b> Until then the letter goes out at its minute: tell the others.</p>` : this.act()}</section>`;
	}

	/** Organizers whose stop waits, but for oneself. */
	private get others(): string[] {
		const { release, organizers, you } = this.desk.unlocked.view;
		const waiting = organizers.filter(({ id }) => release?.stoppedBy.includes(id) && id !== you.organizer);
		return waiting.map(({ name }) => name);
	}

	private get waits(): boolean {
		const { release, you } = this.desk.unlocked.view;
		return release?.stoppedBy.includes(you.organizer) ?? false;
	}

	private get used(): boolean {
		const { organizers, you } = this.desk.unlocked.view;
		return organizers.some(({ id, stopUsed }) => id === you.organizer && stopUsed);
	}

	private whoCan(): TemplateResult | typeof nothing {
		const { organizers, suspensions, you } = this.desk.unlocked.view;
		if (this.others.length > 0) return nothing;
		if (!this.used) return html`Each of you has one stop; after it, it takes two of you.`;
		const away = suspensions.filter(({ suspended }) => suspended).map(({ organizer }) => organizer);
		const able = organizers.filter(({ id, stopUsed }) => !stopUsed && id !== you.organizer && !away.includes(id));
		const alone = able.map(({ name }) => name);
		return html`You have used your one stop: now it takes two of you.${alone.length === 0 ? nothing : html` <bdi>${joinNames(alone)}</bdi> can still stop it alone.`}`;
	}

	private act(): TemplateResult {
		if (!this.sure)
			return html`<button class="button plain" id="stop-ask" @click=${this.turn(true)}>Stop the release</button>`;
		return html`<p id="stop-means"><b>${this.consequence()}</b></p>
			<div class="actions"><button class="button" id="stop-sure" aria-describedby="stop-means" ?disabled=${this.busy !== ''} @click=${() => this.stop()}>Stop the release now</button>
			<button class="link" @click=${this.turn(false)}>Let it go out</button></div>`;
	}

	private consequence(): TemplateResult {
		const { others, used } = this;
		if (others.length > 0) {
			return html`Together with <bdi>${joinNames(others)}</bdi> you stop it at once.${used ? nothing : ' Your own stop stays yours.'}`;
		}
		return used
			? html`It goes out all the same unless another of you stops it, too. All of you see that you want it stopped.`
			: html`This uses your one stop.`;
	}

	private turn(sure: boolean) {
		return () => {
			this.sure = sure;
			void this.focusOn(sure ? '#stop-sure' : '#stop-ask');
		};
	}

	private async stop(): Promise<void> {
		const work = async () => {
			const { organizer, view } = this.desk.unlocked;
			const standing = await this.desk.standing();
			const { release } = view;
			if (release) await this.desk.act((call) => stop(call, organizer, standing, release.releaseHash));
			this.sure = false;
		};
		if (await this.run('stop', work, () => this.waits)) await this.focusOn('#stop-heading');
	}
}

customElements.define('desk-stop', DeskStop);
