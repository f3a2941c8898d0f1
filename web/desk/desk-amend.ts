import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { DeskView } from '../../shared/api/desk.ts';
import type { Charter } from '../../shared/charter.ts';
import { approveAmendment, dropAmendment, readAmendment } from '../../shared/client/amending.ts';
import { Refused } from '../../shared/client/call.ts';
import type { Standing } from '../../shared/client/deciding.ts';
import { Fault } from '../../shared/fault.ts';
import { ended, joinNames } from '../../shared/pages/people.ts';
import { leavesTimeToRelease, timeToRelease } from '../../shared/time-to-release.ts';
import type { AmendTerms } from './amend-terms.ts';
import type { AmendText } from './amend-text.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { spellLength, spellTime } from './times.ts';
import './amend-terms.ts';
import './amend-text.ts';
import '../ui/marked-changes.ts';

type Dropped = DeskView['amendmentsDropped'][number];
type Read = { standing: Standing; proposed: Standing | null };

/**
 * `<desk-amend>`: another text, closing time or headcount while people sign: proposed by one, in force with the M-th who approves it. What is approved was
 * checked against what stands, and is shown with old and new marked. Fires nothing.
 */
export class DeskAmend extends DeskElement {
	static override properties: PropertyDeclarations = {
		form: { state: true },
		read: { state: true },
		broken: { state: true },
		dropping: { state: true },
	};
	declare form: 'terms' | 'text' | null;
	/** Null until the chain was checked from the root that was compared in this browser. */
	declare read: Read | null;
	/** Why what is proposed cannot be trusted. */
	declare broken: string | null;
	declare dropping: boolean;
	#for = '';

	constructor() {
		super();
		this.form = null;
		this.read = null;
		this.broken = null;
		this.dropping = false;
	}

	protected override updated(): void {
		const { chain, amendment } = this.desk.unlocked.view;
		const now = JSON.stringify([chain?.charters.length, amendment?.charter]);
		if (now === this.#for || this.busy !== '') return;
		this.#for = now;
		this.read = null;
		this.dropping = false;
		void this.verify(now);
	}

	private async verify(now: string): Promise<void> {
		try {
			const { view } = this.desk.unlocked;
			const standing = await this.desk.standing();
			const proposed = await readAmendment(view, standing);
			if (now !== this.#for) return;
			this.read = { standing, proposed };
			this.broken = null;
		} catch (fault) {
			// A browser that does not know the letter yet: <desk-known> asks, and then it is tried again.
			this.#for = '';
			if (!(fault instanceof Fault)) throw fault;
			this.broken = fault.code === 'chain-root' ? null : `${fault.message} (${fault.place})`;
		}
	}

	protected override render(): TemplateResult {
		const { amendment } = this.desk.unlocked.view;
		return html`<details class="card decision" ?open=${amendment !== null || this.form !== null}><summary><h2 id="amend-heading">Change the letter</h2></summary>
			${this.summary()}
			${this.broken === null ? nothing : html`<div class="errors" role="alert"><h3>What is proposed cannot be trusted</h3><p>${this.broken} Approve nothing here, and tell the other organizers.</p></div>`}
			${this.read === null ? html`<p class="quiet" role="status">${this.broken === null ? 'This opens once this browser knows the letter.' : ''}</p>` : amendment === null ? this.choices(this.read) : this.waiting(this.read, amendment)}
			</details>${this.dropped()}`;
	}

	/** Outside what is folded: the last one at a look, by whoever has not unfolded anything. */
	private dropped(): TemplateResult | typeof nothing {
		const { amendmentsDropped, organizers, you } = this.desk.unlocked.view;
		const last = amendmentsDropped.at(-1);
		if (last === undefined) return nothing;
		const who = (id: string) =>
			id === you.organizer ? 'You' : (organizers.find((one) => one.id === id)?.name ?? 'Somebody');
		const others = (count: number) => (count === 1 ? 'one other' : `${count} others`);
		const line = ({ organizer, approved }: Dropped) =>
			html`<span><bdi>${who(organizer)}</bdi> dropped a change that ${others(approved)} had approved.</span>`;
		return html`<div class="note dropped"><p>${line(last)}</p>
			<p class="small">Each of you alone can drop what is proposed. If somebody does it only to hold you up, enough of you can suspend them.</p>
			${amendmentsDropped.length === 1 ? nothing : html`<details class="as-read"><summary>All that were dropped: ${amendmentsDropped.length}</summary><ul class="plain-list">${amendmentsDropped.toReversed().map((one) => html`<li>${line(one)}</li>`)}</ul></details>`}</div>`;
	}

	private choices({ standing }: Read): TemplateResult {
		const close = () => {
			this.form = null;
		};
		if (this.form === 'terms') {
			return html`<amend-terms .desk=${this.desk} .standing=${standing} @proposed=${close} @left=${close}></amend-terms>`;
		}
		if (this.form === 'text') {
			return html`<amend-text .desk=${this.desk} .standing=${standing} @proposed=${close} @left=${close}></amend-text>`;
		}
		return html`<p>One of you proposes a change, and with ${standing.charter.threshold} of you it is in force. Groups, organizers and everything else stay as everybody agreed.</p>
			<p><b>Another closing time or headcount</b> leaves all signatures standing. <b>Another text</b> asks everybody to sign again: whoever does nothing is not listed.</p>
			<div class="actions"><button class="button plain" @click=${() => this.write('terms')}>Change the closing time or a headcount</button>
			<button class="button plain" @click=${() => this.write('text')}>Change the text</button></div>`;
	}

	/** Only a press brings the focus: the form also comes back by itself, once what somebody else proposed is dropped. */
	private async write(form: 'terms' | 'text'): Promise<void> {
		this.form = form;
		await this.updateComplete;
		const shown = this.querySelector<AmendTerms | AmendText>(`amend-${form}`);
		await shown?.updateComplete;
		shown?.querySelector('h3')?.focus();
	}

	private waiting({ standing, proposed }: Read, { approvals }: NonNullable<DeskView['amendment']>): TemplateResult {
		const { organizers } = this.desk.unlocked.view;
		if (proposed === null) return html`<p class="quiet" role="status">Checking what is proposed.</p>`;
		const names = organizers.filter((one) => approvals.some((by) => by.organizer === one.id)).map((one) => one.name);
		const { threshold } = standing.charter;
		return html`<p>${ended(`Approved by ${joinNames(names)}`)} It takes ${threshold}.</p>
			${this.terms(standing, proposed)}
			${
				proposed.charter.text === standing.charter.text
					? html`<p class="good">The text stays as it is, and so do all signatures.</p>`
					: html`<p class="note"><b>The text changes.</b> Once ${threshold} of you approve, everybody who has signed is asked to sign the new one, and whoever does not is not listed. What was taken out is struck through, what is new is underlined.</p>
				<marked-changes .earlier=${standing.text} .later=${proposed.text}></marked-changes>`
			}
			<div class="actions">${this.approved ? html`<p class="good" role="status">You have approved.</p>` : html`<button class="button" ?disabled=${this.busy !== ''} @click=${() => this.approve(proposed)}>Approve this change</button>`}
			${
				this.dropping
					? html`<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.drop(proposed)}>Yes, drop it</button><button class="link" @click=${() => {
							this.dropping = false;
						}}>Leave it here</button>`
					: html`<button class="link" @click=${() => {
							this.dropping = true;
						}}>Drop the proposal</button>`
			}</div>`;
	}

	private terms({ charter: now }: Standing, { charter: then }: Standing): TemplateResult | typeof nothing {
		const lines = [
			...(now.closesAt === then.closesAt
				? []
				: [`Signing closes on ${spellTime(then.closesAt)}, not on ${spellTime(now.closesAt)}.`]),
			...now.groups.flatMap(({ id, name }) => {
				const [before, after] = [now, then].map(({ headcounts }) => headcounts.find((one) => one.group === id));
				if (JSON.stringify(before) === JSON.stringify(after)) return [];
				return after === undefined
					? [`The headcount of ${name} is left out.`]
					: [
							`${name} has ${after.count.toLocaleString('en')} people, by “${after.source}”${before === undefined ? '' : `; it said ${before.count.toLocaleString('en')}, by “${before.source}”`}.`,
						];
			}),
		];
		if (lines.length === 0) return nothing;
		return html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>${now.closesAt === then.closesAt ? nothing : this.room(then)}`;
	}

	/** Judged in this browser: whoever proposes it, and whatever the server lets through. */
	private room(charter: Charter): TemplateResult {
		const room = timeToRelease(charter);
		const then = `to open the names, check them and release, before everything is erased on ${spellTime(charter.expiresOn)}.`;
		if (leavesTimeToRelease(charter)) return html`<p>After last call that leaves you ${spellLength(room)} ${then}</p>`;
		const left = room < 3_600_000 ? 'no time' : `only ${spellLength(room)}`;
		return html`<div class="errors"><p><b>After last call that leaves you ${left} ${then}</b></p></div>`;
	}

	private approve(proposed: Standing): Promise<boolean> {
		const work = () => this.desk.act((call) => approveAmendment(call, this.desk.unlocked.organizer, proposed));
		const document = this.document;
		return this.run('approve', work, () => this.approved || this.stands(document));
	}

	private stands(document: string | null): boolean {
		return this.desk.unlocked.view.chain?.charters.some((charter) => charter === document) ?? false;
	}

	/** Of the charter that is proposed. */
	private get document(): string | null {
		return this.desk.unlocked.view.amendment?.charter ?? null;
	}

	private get approved(): boolean {
		const { amendment, you } = this.desk.unlocked.view;
		return amendment?.approvals.some((by) => by.organizer === you.organizer) ?? false;
	}

	private async drop(proposed: Standing): Promise<void> {
		const document = this.document;
		await this.run(
			'drop',
			() => this.desk.act((call) => dropAmendment(call, proposed)).catch(explainGone),
			() => this.document !== document && !this.stands(document),
		);
		this.dropping = false;
	}
}

/** The words of this code are about comparing, and whoever drops something compares nothing. */
function explainGone(failure: unknown): never {
	if (!(failure instanceof Refused && failure.code === 'charter-changed')) throw failure;
	throw new FormTrouble(
		null,
		'Nothing was dropped: what you were shown is not what waits for approvals any more. It has come into force, or another change was proposed since. Reload the page, and drop that one if you still want to.',
	);
}

customElements.define('desk-amend', DeskAmend);

declare global {
	interface HTMLElementTagNameMap {
		'desk-amend': DeskAmend;
	}
}
