import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { Refused, Unanswered } from '../../shared/client/call.ts';
import { approveCharter, readFrozen, type Standing } from '../../shared/client/deciding.ts';
import { goBackToWriting } from '../../shared/client/drafting.ts';
import { tellCompared } from '../../shared/client/readiness.ts';
import { Fault } from '../../shared/fault.ts';
import { DeskElement } from './desk-element.ts';
import type { DraftCopy } from './draft-copy.ts';
import { tooLong } from './draft-room.ts';
import { unsavedFields } from './unsaved-fields.ts';
import './desk-compare.ts';
import './desk-terms.ts';

/** `<desk-frozen>`: the frozen letter: read it, compare the fingerprint, approve. Fires nothing. */
export class DeskFrozen extends DeskElement {
	static override properties: PropertyDeclarations = {
		frozen: { state: true },
		compared: { state: true },
		leavingOut: { state: true },
	};
	declare frozen: Standing | null;
	/** The fingerprint that was compared; another one needs another comparison. */
	declare compared: string | null;
	/** About to let go of what was typed before the freeze. */
	declare leavingOut: boolean;
	#read: string | null = null;

	constructor() {
		super();
		this.frozen = null;
		this.compared = null;
		this.leavingOut = false;
	}

	/** What was typed here and came too late for the freeze. */
	private get unsaved(): DraftCopy['unsaved'] {
		return this.desk.draft?.unsaved ?? [];
	}

	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override updated(): void {
		const { view } = this.desk.unlocked;
		const document = view.chain?.charters[0] ?? null;
		if (document === null || document === this.#read) return;
		this.#read = document;
		this.frozen = null;
		void this.run('read', async () => {
			this.frozen = await readFrozen(view);
		});
	}

	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const { approved, unsaved } = this;
		const mine = approved.has(view.you.organizer);
		return html`${this.summary()}
			<h1 tabindex="-1">Compare, then approve</h1>
			${unsaved.length === 0 ? nothing : this.tooLate(unsaved)}
			<p>The letter is frozen. When ${view.organizers.length === 2 ? 'both' : `all ${view.organizers.length}`} of you have approved, it is open and people can sign.</p>
			<ul class="who" aria-label="Who has compared and approved">${view.organizers.map((one) => {
				const compared = view.readiness.compared.includes(one.id);
				const words = approved.has(one.id)
					? 'compared and approved'
					: compared
						? 'compared, not yet approved'
						: 'not yet compared';
				return html`<li class=${approved.has(one.id) ? 'done' : ''}><span class="mark" aria-hidden="true">${approved.has(one.id) ? '✓' : compared ? '◐' : '○'}</span> <bdi>${one.name}</bdi>${one.id === view.you.organizer ? ' (you)' : ''}: ${words}</li>`;
			})}</ul>
			${this.frozen === null ? nothing : this.steps(this.frozen, mine)}
			${unsaved.length > 0 ? nothing : html`<section class="card"><h2>Something is wrong with it?</h2>${this.back()}</section>`}`;
	}

	private back(): TemplateResult {
		return html`<p>Going back to writing throws this fingerprint, its keys and all approvals away. Everybody compares again afterwards.</p>
			<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.unfreeze()}>Go back to writing</button>`;
	}

	private tooLate(unsaved: DraftCopy['unsaved']): TemplateResult {
		const leave = (leaving: boolean) => () => {
			this.leavingOut = leaving;
			void this.focusOn(leaving ? '#leave-typed-sure' : '#leave-typed');
		};
		return html`<div class="note"><p role="alert"><b>What you typed last is not in this letter:</b> it was frozen before that was saved.</p><p>${this.wayBack()}; or leave it out. You can approve when that is decided.</p>
			${unsavedFields(unsaved)}${this.back()}
			${
				this.leavingOut
					? html`<p id="leave-typed-means">What you typed is gone then. The letter stays as it is frozen.</p><div class="actions"><button class="button plain" id="leave-typed-sure" aria-describedby="leave-typed-means" @click=${() => this.leaveOut()}>Yes, leave it out</button><button class="link" @click=${leave(false)}>Keep it</button></div>`
					: html`<button class="link" id="leave-typed" @click=${leave(true)}>Leave it out</button>`
			}</div>`;
	}

	/** What becomes of it in the draft: going back ends everybody’s approvals, and is not always enough. */
	private wayBack(): string {
		const { draft: copy } = this.desk;
		const long = copy === null ? null : tooLong(copy.draft);
		if (copy?.theirs) return 'Go back to writing, and decide there between yours and theirs: it is not saved before';
		if (long !== null) return `Go back to writing, and put it right there (${long}): it is not saved before`;
		if (copy === null || copy.unread.size === 0) return 'Go back to writing, and it is saved then';
		return copy.dirty
			? 'Go back to writing, and it is saved then, but for the number that could not be read'
			: 'Go back to writing, and put the number right there, which could not be read: it is not saved before';
	}

	private leaveOut(): void {
		this.leavingOut = false;
		this.desk.forgetDraft();
		this.desk.changed();
		void this.focusHeading();
	}

	private steps(frozen: Standing, mine: boolean): TemplateResult {
		return html`<section class="card"><h2>1. Read what you agree to</h2><desk-terms .standing=${frozen}></desk-terms></section>
			<section class="card"><h2>2. Compare the fingerprint</h2>
				<p>It was computed in your browser from everything above and the letter’s keys. If it is the same on another organizer’s screen, you both look at the same letter.</p>
				<desk-compare .fingerprint=${frozen.fingerprint} @compared=${() => this.tell(frozen.fingerprint)}></desk-compare></section>
			<section class="card"><h2>3. Approve</h2>
				${
					mine
						? html`<p class="good" role="status">You have approved. The letter opens with the last of you.</p>`
						: html`<button class="button" ?disabled=${this.busy !== '' || this.compared !== frozen.fingerprint || this.unsaved.length > 0} @click=${() => this.approve()}>${this.busy === 'approve' ? 'Approving' : 'Approve this letter'}</button>
				${this.unsaved.length > 0 ? html`<p class="small quiet">This opens when it is decided what becomes of what you typed; it stands at the top.</p>` : this.compared === frozen.fingerprint ? nothing : html`<p class="small quiet">This opens when the fingerprint is compared.</p>`}`
				}
			</section>`;
	}

	/** Approving goes by what this browser saw; the others are told so that they see who is waited for, and it does no harm if they are not. */
	private async tell(fingerprint: string): Promise<void> {
		this.compared = fingerprint;
		await this.desk
			.act((call) => tellCompared(call, fingerprint))
			.catch((failure: unknown) => {
				if (!(failure instanceof Refused || failure instanceof Unanswered)) throw failure;
			});
	}

	private approve(): Promise<boolean> {
		const work = () =>
			this.desk.act(async (call) => {
				const { organizer, view } = this.desk.unlocked;
				// The desk may have been refreshed since the comparison: what is approved is what was compared, or nothing.
				if ((await readFrozen(view)).root !== this.compared) {
					throw new Fault('chain-root', 'fingerprint', 'The letter was changed meanwhile. Compare it again.');
				}
				return approveCharter(call, organizer, this.desk.parts.roots, view);
			});
		return this.run('approve', work, () => this.approved.has(this.desk.unlocked.view.you.organizer));
	}

	private get approved(): ReadonlySet<string> {
		return new Set(this.desk.unlocked.view.chain?.approvals[0]?.map((one) => one.organizer));
	}

	private unfreeze(): Promise<boolean> {
		const work = () =>
			this.desk.act(async (call) => {
				const { draft } = this.desk.unlocked.view;
				if (draft) await goBackToWriting(call, draft.version, draft.draft);
			});
		return this.run('unfreeze', work, () => this.desk.unlocked.view.chain === null);
	}
}

customElements.define('desk-frozen', DeskFrozen);
