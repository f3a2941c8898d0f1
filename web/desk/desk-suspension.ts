import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Suspension } from '../../shared/api/suspension.ts';
import { decideSuspension, takeSuspensionBack } from '../../shared/client/suspending.ts';
import { ended, joinNames } from '../../shared/pages/people.ts';
import { DeskElement } from './desk-element.ts';
import { canDecideAbout, type Remaining, remaining } from './remaining.ts';

/** `<desk-suspension>` about one other organizer: closing their desk together, or opening it again. `about` is their id. Fires nothing. */
export class DeskSuspension extends DeskElement {
	static override properties: PropertyDeclarations = { about: {}, sure: { state: true } };
	declare about: string;
	declare sure: boolean;

	constructor() {
		super();
		this.sure = false;
	}

	protected override render(): TemplateResult | typeof nothing {
		const { view } = this.desk.unlocked;
		const left = remaining(view);
		const name = view.organizers.find(({ id }) => id === this.about)?.name;
		if (left === null || name === undefined) return nothing;
		const known = view.suspensions.find(({ organizer }) => organizer === this.about);
		const { suspended } = this;
		const approving = known?.approvals.map(({ organizer }) => organizer) ?? [];
		return html`<details class="card decision" ?open=${approving.length > 0 || this.sure}>
			<summary><h2>${suspended ? html`Open <bdi>${name}</bdi>’s desk again` : html`Suspend <bdi>${name}</bdi>`}</h2></summary>
			${this.summary()}
			${suspended ? html`<p>${known?.left ? 'They closed their own desk.' : 'The others of you closed it.'} Opened again, they can log in and approve as before.</p>` : CONSEQUENCES}
			${this.act(left, suspended, approving)}
		</details>`;
	}

	private act(left: Remaining, suspended: boolean, approving: string[]): TemplateResult {
		const { view } = this.desk.unlocked;
		if (!canDecideAbout(left, suspended)) {
			const others = suspended ? left.here : left.here - 1;
			return html`<p><b>Not possible any more.</b> It takes ${left.threshold} others, and there ${others === 1 ? 'is only one' : `are only ${others}`}.</p>`;
		}
		const names = view.organizers.filter(({ id }) => approving.includes(id)).map((one) => one.name);
		return html`<p>It takes ${left.threshold} of the others${names.length === 0 ? '.' : html`; so far: <b>${ended(joinNames(names))}</b>`}</p>
			${
				this.decided
					? html`<p>You have decided for it. <button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.back()}>Take it back</button></p>`
					: this.deciding(suspended)
			}`;
	}

	private deciding(suspended: boolean): TemplateResult {
		const turn = (sure: boolean) => () => {
			this.sure = sure;
		};
		const what = suspended ? 'Decide to open it again' : 'Decide to suspend';
		if (!this.sure) return html`<button class="button plain" @click=${turn(true)}>${what}</button>`;
		return html`<p><b>Are you sure?</b> The others see that you decided it.</p>
			<div class="actions"><button class="button" ?disabled=${this.busy !== ''} @click=${() => this.decide()}>Yes, ${what.toLowerCase()}</button>
			<button class="link" @click=${turn(false)}>Leave it as it is</button></div>`;
	}

	private decide(): Promise<boolean> {
		const work = async () => {
			const { organizer, view } = this.desk.unlocked;
			const known: Suspension | undefined = view.suspensions.find((one) => one.organizer === this.about);
			const standing = await this.desk.standing();
			await this.desk.act((call) => decideSuspension(call, organizer, standing, this.about, known?.next ?? 1));
		};
		// With the last approval it is done, and nobody has decided anything any more.
		const before = this.suspended;
		const stands = () => this.decided || this.suspended !== before;
		return this.run('suspend', work, stands).then((went) => {
			if (went) this.sure = false;
			return went;
		});
	}

	private back(): Promise<boolean> {
		const work = () => this.desk.act((call) => takeSuspensionBack(call, this.about));
		return this.run('back', work, () => !this.decided);
	}

	private get decided(): boolean {
		const { suspensions, you } = this.desk.unlocked.view;
		const approvals = suspensions.find(({ organizer }) => organizer === this.about)?.approvals ?? [];
		return approvals.some(({ organizer }) => organizer === you.organizer);
	}

	private get suspended(): boolean {
		const { suspensions } = this.desk.unlocked.view;
		return suspensions.find(({ organizer }) => organizer === this.about)?.suspended ?? false;
	}
}

const CONSEQUENCES = html`<ul>
	<li>Their desk closes at once, on every device. They cannot log in, approve or stop anything.</li>
	<li>What they approved and has not acted yet counts no more. What has acted stays.</li>
	<li>Their key and their share of the names stay theirs. Nobody can take their place, and what they have read they know.</li>
	<li>Links, vouchers and embargo links that they made go on working: revoke them yourselves.</li>
	<li>Enough of you can open their desk again.</li>
</ul>`;

customElements.define('desk-suspension', DeskSuspension);
