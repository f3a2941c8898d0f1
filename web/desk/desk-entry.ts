import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { loginWithPasskey, loginWithWords, SeedLocked, startLetter } from '../../shared/client/organizer.ts';
import { Fault } from '../../shared/fault.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { titleOf } from './letter-title.ts';
import { type Loss, wouldLose } from './would-lose.ts';

const KEPT: Record<Loss, string> = {
	unsaved: ' What you typed is still here and is saved then; leave this page open.',
	missed: ' What you typed and is not in the letter waits here still; leave this page open.',
	made: ' What is shown this once waits here still; leave this page open.',
};

/** `<desk-entry>`: logging in, or unlocking after a reload: by passkey, or by the 24 words. Fires nothing. */
export class DeskEntry extends DeskElement {
	static override properties: PropertyDeclarations = { byWords: { state: true } };
	declare byWords: boolean;

	constructor() {
		super();
		this.byWords = false;
	}

	protected override get needsKeys(): boolean {
		return false;
	}

	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		const { view, session } = this.desk;
		const locked = session === 'there';
		return html`${this.summary()}
			<h1 tabindex="-1">${locked ? 'Unlock your keys' : 'Your desk'}</h1>
			<p>${
				locked
					? html`You are still logged in${view && titleOf(view) ? html` to <b dir="auto">${titleOf(view)}</b>` : nothing}. Your keys live in this page’s memory only, so each time it is opened they are unlocked again.`
					: 'Organizers open their letter here. Nothing is kept in this browser but the fingerprint that you approved and, until the release, marks of your last rehearsal, from which nobody reads a name.'
			}</p>
			${this.desk.ended ? this.ended() : nothing}${this.desk.left ? html`<p class="note" role="status"><b>Your desk is closed.</b> The others see that you left. You can close this page, and clear it from the history.</p>` : nothing}${this.desk.locked ? this.locked() : nothing}
			<button class="button wide" ?disabled=${this.busy !== ''} @click=${() => this.withPasskey()}>
				${this.busy === 'passkey' ? 'Waiting for your passkey' : locked ? 'Unlock with your passkey' : 'Log in with your passkey'}
			</button>
			${this.byWords ? this.wordsForm() : html`<p><button class="link" @click=${() => this.showWords()}>Use your 24 words instead</button></p>`}
			${
				locked
					? html`<p><button class="link" ?disabled=${this.busy !== ''} @click=${() => this.run('out', () => this.desk.logOut())}>Log out</button>${wouldLose(this.desk) === null ? nothing : html` <span class="small quiet">Something that you typed, or that is shown this once, waits here still. Logging out lets go of it.</span>`}</p>`
					: html`<hr /><h2>No letter yet?</h2>
				<p>Co-organizers come in through an invitation link from whoever began the letter. To begin one, use the set-up link of whoever runs this server.</p>
				<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.start()}>Begin a letter</button>`
			}`;
	}

	private ended(): TemplateResult {
		const loss = wouldLose(this.desk);
		const kept = loss === null ? '' : KEPT[loss];
		return html`<p class="note" role="status"><b>Your session has ended,</b> as each does after twelve hours, and at once where the others suspend a desk, another desk was opened in this browser, or the letter was given up or erased: an invite link says which. Log in again to go on.${kept}</p>`;
	}

	private locked(): TemplateResult {
		return html`<p class="note" role="status"><b>The desk locked itself</b> after five minutes without a touch. Your keys and the names that you opened left this page’s memory. Unlock it, and the names are opened again.</p>`;
	}

	private wordsForm(): TemplateResult {
		return html`<form class="words-form" @submit=${(event: SubmitEvent) => this.withWords(event)}>
			<div class="field" ?data-wrong=${this.trouble?.field === 'words'}>
				<label for="words">Your 24 words</label>
				<p class="hint" id="words-hint">In their order, with blanks between them. They do not leave this device.</p>
				${this.wrong('words')}
				<textarea id="words" rows="5" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="words-hint" aria-invalid=${this.invalid('words')}></textarea>
			</div>
			<button class="button plain" ?disabled=${this.busy !== ''}>${this.busy === 'words' ? 'Opening' : 'Open with the words'}</button>
		</form>`;
	}

	private async showWords(): Promise<void> {
		this.byWords = true;
		await this.updateComplete;
		this.querySelector<HTMLElement>('#words')?.focus();
	}

	private withPasskey(): Promise<boolean> {
		return this.run('passkey', async () => {
			try {
				await this.desk.entered(await loginWithPasskey(this.desk.call, this.desk.parts.passkeys));
			} catch (failure) {
				if (failure instanceof SeedLocked) this.byWords = true;
				throw failure;
			}
		});
	}

	private withWords(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const typed = this.querySelector<HTMLTextAreaElement>('#words')?.value ?? '';
		return this.run('words', async () => {
			const { call, parts } = this.desk;
			if (typed.trim() === '') throw new FormTrouble('words', 'Type the 24 words that you wrote down.');
			const organizer = await loginWithWords(call, typed, parts.origin).catch((failure) => {
				if (failure instanceof Fault) throw new FormTrouble('words', failure.message);
				throw failure;
			});
			await this.desk.entered(organizer);
		});
	}

	private start(): Promise<boolean> {
		return this.run('start', async () => {
			this.desk.arrival = { kind: 'start', invitation: await startLetter(this.desk.call) };
			this.desk.changed();
		});
	}
}

customElements.define('desk-entry', DeskEntry);
