import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { OwnProof } from '../../shared/client/own-entry.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { MineFor } from '../../shared/mine.ts';
import { spell } from '../../shared/pages/numbers.ts';
import { field } from './fields.ts';
import { StepElement } from './step-element.ts';

/**
 * After the release: a line of text with which one journalist sees that a signature is one's own. `shown`: how the signature is printed. `prove` reads the
 * letter's file and makes it. Fires nothing: what it made is on the page, and nowhere else.
 */
export class ProveMine extends StepElement {
	static override properties = {
		...StepElement.properties,
		shown: { attribute: false },
		prove: { attribute: false },
		made: { state: true },
		copied: { state: true },
	};
	declare shown: 'named' | 'anonymous';
	declare prove: (mineFor: MineFor) => Promise<OwnProof>;
	declare made: (OwnProof & { journalist: string }) | null;
	declare copied: 'no' | 'yes' | 'failed';

	constructor() {
		super();
		this.shown = 'anonymous';
		this.made = null;
		this.copied = 'no';
	}

	#typed(id: string): string {
		return this.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';
	}

	#make(event: Event): void {
		event.preventDefault();
		const mineFor = { journalist: this.#typed('journalist'), challenge: this.#typed('challenge') };
		const empty = toType().filter(({ field }) => mineFor[field].trim() === '');
		if (empty.length > 0) {
			void this.show(empty);
			return;
		}
		void this.attempt(async () => {
			this.made = { ...(await this.prove(mineFor)), journalist: mineFor.journalist.trim() };
			this.copied = 'no';
			await this.updateComplete;
			this.querySelector<HTMLElement>('h1')?.focus();
		});
	}

	async #copy(): Promise<void> {
		try {
			await navigator.clipboard.writeText(this.made?.proof ?? '');
			this.copied = 'yes';
		} catch {
			this.copied = 'failed';
			this.querySelector<HTMLTextAreaElement>('#made')?.select();
		}
	}

	protected override render(): TemplateResult {
		return this.made === null ? this.#form() : this.#proof(this.made);
	}

	#form(): TemplateResult {
		return html`<form novalidate autocomplete="off" @submit=${this.#make}>
<h1 tabindex="-1">${msg('Prove that it is mine')}</h1>
${this.summary()}
<p>${msg('A journalist who wants to quote you can see that your signature is yours, without asking us or the organizers. First they send you two things: their name as they want it, and a challenge, which is a line that nobody could know before.')}</p>
<div class="note"><p>${
			this.shown === 'anonymous'
				? msg(
						html`<b>Before you do.</b> Whoever gets the proof knows that you hold the key of that signature. You signed anonymously: to that person you no longer are anonymous. You cannot take it back, and they can show it to others.`,
					)
				: msg(
						html`<b>Before you do.</b> Whoever gets the proof knows that you hold the key of that signature. You signed by name: it shows that whoever sends it is the one who signed. You cannot take it back, and they can show it to others.`,
					)
		}</p>
<p>${msg('Make sure who asks, face to face or by a phone call: somebody who only says that they are the journalist could pass your proof on as their own. Do not send it from your company’s device or mail.')}</p></div>
${field(
	{
		id: 'journalist',
		label: msg('The journalist’s name'),
		hint: msg('Letter by letter as they gave it to you. For anybody else the proof does not hold.'),
		wrong: this.wrong('journalist'),
	},
	(by, invalid) =>
		html`<input id="journalist" dir="auto" autocomplete="off" spellcheck="false" aria-describedby=${by || nothing} aria-invalid=${invalid}>`,
)}
${field(
	{
		id: 'challenge',
		label: msg('Their challenge'),
		hint: msg(str`The line that they sent you, at least ${LIMITS.challengeLeast} characters.`),
		wrong: this.wrong('challenge'),
	},
	(by, invalid) =>
		html`<input id="challenge" dir="auto" autocapitalize="none" autocomplete="off" spellcheck="false" aria-describedby=${by || nothing} aria-invalid=${invalid}>`,
)}
<p class="small quiet">${msg('Your browser reads the whole published file and looks for your signature itself, so that the server does not learn which one it is. With very many signatures that takes a minute and some data.')}</p>
${this.mainButton(msg('Make the proof'), msg('Looking for your signature …'))}
</form>`;
	}

	#proof({ number, proof, journalist }: OwnProof & { journalist: string }): TemplateResult {
		return html`<h1 tabindex="-1">${msg(str`Number ${spell(number)} is yours`)}</h1>
<p>${msg(html`Send this to <bdi>${journalist}</bdi>, by a way that you trust. They follow “Recount every signature” on the letter, and check the proof there, with their name and their challenge.`)}</p>
<div class="field"><label for="made">${msg('The proof')}</label>
<textarea id="made" class="mine" rows="7" readonly dir="ltr" translate="no" spellcheck="false" .value=${proof}></textarea></div>
<button class="button wide" type="button" @click=${() => this.#copy()}>${msg('Copy the proof')}</button>
<p role="status" class="small good">${said(this.copied)}</p>
<p class="quiet">${msg('It is not kept: not on the server, and not in this browser once you leave this page. It does not let anybody take your name off.')}</p>`;
	}
}

function said(copied: 'no' | 'yes' | 'failed'): string {
	if (copied === 'no') return '';
	return copied === 'yes' ? msg('Copied.') : msg('Select the text and copy it by hand.');
}

const toType = () =>
	[
		{ field: 'journalist', message: msg('Type the journalist’s name.') },
		{ field: 'challenge', message: msg('Type the challenge that they sent you.') },
	] as const;

customElements.define('prove-mine', ProveMine);
declare global {
	interface HTMLElementTagNameMap {
		'prove-mine': ProveMine;
	}
}
