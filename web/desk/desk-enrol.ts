import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { utf8 } from '../../shared/bytes.ts';
import { Refused, Unanswered } from '../../shared/client/call.ts';
import { beginEnrolment, type Enrolled, type Enrolment } from '../../shared/client/enrolling.ts';
import { lookAtInvitation } from '../../shared/client/organizer.ts';
import { LIMITS } from '../../shared/limits.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';

type Look = Awaited<ReturnType<typeof lookAtInvitation>>;

/** `<desk-enrol>`: an invitation becomes an organizer: a name, then a passkey. The words follow in `<desk-words>`. Fires nothing. */
export class DeskEnrol extends DeskElement {
	static override properties: PropertyDeclarations = { look: { state: true }, begun: { state: true } };
	declare look: Look | null;
	/** Sent, and not answered yet. */
	declare begun: Enrolment | null;
	/** The invitation that `look` is about, and that is spent. */
	#invitation: string | null = null;
	/** It was not looked at: no answer came, or the server could not do it. */
	#waits = false;

	constructor() {
		super();
		this.look = null;
		this.begun = null;
	}

	protected override get needsKeys(): boolean {
		return false;
	}

	/** Another link may be pasted while this is shown; keys that were made for one wait for its answer first. */
	protected override updated(): void {
		const { arrival } = this.desk;
		if (arrival === null || arrival.invitation === this.#invitation) return;
		if (this.busy !== '' || this.begun !== null) return;
		void this.lookAt(arrival.invitation);
	}

	private async lookAt(invitation: string): Promise<void> {
		this.#invitation = invitation;
		this.look = null;
		await this.run('look', async () => {
			this.#waits = false;
			try {
				this.look = await lookAtInvitation(this.desk.parts.call, invitation);
			} catch (failure) {
				this.#waits = passing(failure);
				throw failure;
			}
		});
		await this.focusHeading();
	}

	protected override render(): TemplateResult {
		if (this.look === null) {
			return html`${this.summary()}
				${this.busy === '' ? this.useless() : html`<p class="quiet" role="status">Looking at your invitation.</p>`}`;
		}
		const { letter } = this.look;
		return html`${this.summary()}
			<h1 tabindex="-1">${letter ? 'Organize this letter' : 'Begin a letter'}</h1>
			${
				letter
					? html`<p class="as"><small>You are invited to</small><span dir="auto">${letter.title || 'A letter without a title yet'}</span>
					${letter.organizers.length === 0 ? nothing : html`<em>with ${letter.organizers.join(', ')}</em>`}</p>`
					: html`<p>Have paper and a pen beside you: first comes a name, then a passkey, then 24 words to write down. After that a title, a text, your employer’s mail domain and a colleague are enough for a draft; ten minutes do.</p>`
			}
			<form @submit=${(event: SubmitEvent) => this.enrol(event)}>
				<div class="field" ?data-wrong=${this.trouble?.field === 'name'}>
					<label for="name">What are you called on the letter?</label>
					<p class="hint" id="name-hint">Signers see it beside the letter, and decide by it whether to trust you. An initial or a first name is enough.</p>
					${this.wrong('name')}
					<input id="name" autocomplete="off" maxlength="60" ?readonly=${this.begun !== null} aria-describedby="name-hint name-warning" aria-invalid=${this.invalid('name')} />
				</div>
				<div class="note" id="name-warning">
					<p><b>Your employer reads this name from the first day</b>, as soon as one invite link reaches them. Choose one that you can stand behind, or one that does not point to you.</p>
				</div>
				<p>Next, your device makes a passkey for you: your fingerprint, face or device code will open this desk. Use a device of your own, not the company’s.</p>
				${this.begun !== null && this.busy === '' ? html`<p class="note">Your passkey and your keys are made and wait in this page: leave it open, and go on when the server answers.</p>` : nothing}
				<button class="button wide" ?disabled=${this.busy !== ''}>${this.label}</button>
			</form>`;
	}

	private get label(): string {
		if (this.begun !== null) return this.busy === 'enrol' ? 'Waiting for the server' : 'Go on';
		return this.busy === 'enrol' ? 'Follow your device’s prompts' : 'Make a passkey and begin';
	}

	private useless(): TemplateResult {
		if (this.#waits) {
			return html`<h1 tabindex="-1">Your invitation waits</h1>
				<p>Nothing is known of it yet; looking at it does not use it. Leave this page open: the link does not stand in the address any more.</p>
				<button class="button" @click=${() => this.lookAt(this.#invitation ?? '')}>Try again</button>`;
		}
		return html`<h1 tabindex="-1">This invitation does not open</h1>
			<p>Each invitation works once, for seven days. Ask whoever sent it for another one.</p>
			<button class="button plain" @click=${() => {
				this.desk.arrival = null;
				this.desk.changed();
			}}>Log in to a letter you organize</button>`;
	}

	/** Where no answer comes, what was made here is kept: the server may have taken the invitation all the same. */
	private async seat(name: string): Promise<Enrolled> {
		const { parts } = this.desk;
		// In nobody's name: whoever is still here is not who the invitation makes.
		const { call } = parts;
		const { begun } = this;
		try {
			if (begun !== null) return await begun.again(parts.origin);
			const invitation = this.#invitation ?? '';
			this.begun = await beginEnrolment(call, parts.passkeys, { invitation, name });
			return await this.begun.finish();
		} catch (failure) {
			if (!(failure instanceof Unanswered)) this.begun = null;
			throw failure;
		}
	}

	private enrol(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const name = this.querySelector<HTMLInputElement>('#name')?.value.trim().normalize('NFC') ?? '';
		return this.run('enrol', async () => {
			if (name === '') throw new FormTrouble('name', 'Type a name. It may be an initial.');
			if (utf8(name).length > LIMITS.organizerName) throw new FormTrouble('name', 'Shorten the name.');
			this.desk.enrolled = await this.seat(name);
			this.desk.arrival = null;
			this.desk.changed();
		});
	}
}

/** The same may go through in a moment. */
const passing = (failure: unknown): boolean =>
	failure instanceof Unanswered ||
	(failure instanceof Refused && (failure.status >= 500 || failure.code === 'too-many-requests'));

customElements.define('desk-enrol', DeskEnrol);
