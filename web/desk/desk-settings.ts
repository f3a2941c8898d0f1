import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { Refused } from '../../shared/client/call.ts';
import { addPasskey, letPasskeyOpen, wordsChecked, wordsOf } from '../../shared/client/organizer.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import './desk-ending.ts';
import './desk-export.ts';
import { type Loss, wouldLose } from './would-lose.ts';

const HELD: Record<Loss, string> = {
	unsaved: 'Something that you typed is not saved yet. Go back to it first.',
	missed:
		'What you typed last is not in the letter, and stands at the top of this page. Say first that you have seen it.',
	made: 'A link or vouchers that are shown this once are still on the page “The letter”. Go back to them first, and hide them once you have them.',
};

/** `<desk-settings>`: one's own words and devices, a copy to take along, how it all ends. Fires nothing. */
export class DeskSettings extends DeskElement {
	static override properties: PropertyDeclarations = {
		shown: { state: true },
		added: { state: true },
		opens: { state: true },
	};
	declare shown: boolean;
	/** Null until a passkey was added; then whether it opens the keys by itself. */
	declare added: boolean | null;
	/** Null until a passkey was asked to open the keys; then whether it does. */
	declare opens: boolean | null;

	constructor() {
		super();
		this.shown = false;
		this.added = null;
		this.opens = null;
	}

	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		const { organizer, view } = this.desk.unlocked;
		const loss = wouldLose(this.desk);
		const own = view.organizers.find((one) => one.id === organizer.id);
		return html`${this.summary()}
			<h1 tabindex="-1">Your keys and devices</h1>
			<section class="card">
				<h2>This device</h2>
				<p>A passkey on this device opens the desk without the words.</p>
				${
					this.added === null
						? html`<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.add()}>Make a passkey on this device</button>`
						: html`<p class="good" role="status">${this.added ? 'Made. It opens the desk by itself.' : 'Made. It logs you in, but it does not open your keys yet: the words will be asked for.'}</p>`
				}
				<p>A passkey that logs you in but asks for your words each time can be let open your keys. Your device prompts you twice.</p>
				${
					this.opens === null
						? nothing
						: html`<p class="good" role="status">${this.opens ? 'Done. It opens the desk by itself.' : 'This passkey, or this browser, cannot do that. It still logs you in; the words open your keys. Another passkey may.'}</p>`
				}
				${this.opens ? nothing : html`<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.letOpen()}>Let a passkey open your keys</button>`}
			</section>
			<section class="card">
				<h2>Your 24 words</h2>
				<p>${own?.wordsChecked ? 'You have written them down and checked them.' : 'You have not checked them yet; the others see that.'} Look around before you show them.</p>
				<button class="button plain" aria-expanded=${this.shown} @click=${() => {
					this.shown = !this.shown;
				}}>${this.shown ? 'Hide the words' : 'Show the words'}</button>
				${
					this.shown
						? html`<ol class="words words-24">${wordsOf(organizer).map((word) => html`<li>${word}</li>`)}</ol>
					${own?.wordsChecked ? '' : html`<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.run('checked', () => this.desk.act(wordsChecked))}>They stand on my paper, word for word</button>`}`
						: ''
				}
			</section>
			<desk-export .desk=${this.desk}></desk-export>
			<desk-ending .desk=${this.desk}></desk-ending>
			<section class="card">
				<h2>Log out</h2>
				<p>${
					loss === null
						? 'Your keys and any names that you opened leave this page. Your passkey or your words bring you back.'
						: HELD[loss]
				}</p>
				<button class="button plain" ?disabled=${this.busy !== '' || loss !== null} @click=${() => this.run('out', () => this.desk.logOut())}>Log out</button>
			</section>`;
	}

	private letOpen(): Promise<boolean> {
		return this.run('open', async () => {
			const { call, parts } = this.desk;
			// Said anew where the next one cannot either.
			this.opens = null;
			this.opens = await letPasskeyOpen(call, parts.passkeys, this.desk.unlocked.organizer).catch((failure) => {
				if (!(failure instanceof Refused && failure.code === 'not-found')) throw failure;
				throw new FormTrouble(null, 'This passkey opens another desk. Try again, and choose the one for this letter.');
			});
		});
	}

	private add(): Promise<boolean> {
		return this.run('add', async () => {
			const { call, parts } = this.desk;
			this.added = await addPasskey(call, parts.passkeys, this.desk.unlocked.organizer);
			await this.desk.refresh();
		});
	}
}

customElements.define('desk-settings', DeskSettings);
