import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '../../shared/locales/say.ts';
import { freshChallenge, type PrintedSignature } from '../../shared/mine.ts';
import { spell } from '../../shared/pages/numbers.ts';
import type { Recounter } from './recount-letter.ts';
import type { MineOutcome } from './recount-messages.ts';

/**
 * "Number 214 is mine": a journalist checks what a signer sent them, against the letter that was recounted. `check` is given by the element around it.
 */
@customElement('recount-mine')
export class RecountMine extends LitElement {
	@property({ attribute: false }) check: Recounter['mine'] | null = null;
	@state() private challenge = '';
	@state() private outcome: MineOutcome | null = null;
	@state() private checking = false;

	/** In the page's own tree, so that its style sheet holds. */
	override createRenderRoot() {
		return this;
	}

	override render() {
		return html`<form class="mine" @submit=${this.submit}>
			<h2>${msg('Somebody says that a number is theirs')}</h2>
			<p>${msg('A signer can show you, and only you, that they hold the key of one signature. Give them your name and a challenge, through whatever channel you have with them; on their side, under “I have signed”, they make a proof of it and send you one line back.')}</p>
			<div class="field">
				<label for="mine-journalist">${msg('Your name, as you gave it to the signer')}</label>
				<input id="mine-journalist" name="journalist" required maxlength="200" autocomplete="name" />
			</div>
			<div class="field">
				<label for="mine-challenge">${msg('The challenge')}</label>
				<p class="hint">${msg('Something that nobody could guess, new for each signer: a proof for an old one shows nothing.')}</p>
				<input id="mine-challenge" name="challenge" required minlength="8" maxlength="200" autocomplete="off" spellcheck="false" .value=${this.challenge} @input=${this.typed} />
				<p><button type="button" class="button plain" @click=${this.renew}>${msg('Make a fresh challenge')}</button></p>
			</div>
			<div class="field">
				<label for="mine-proof">${msg('The proof')}</label>
				<p class="hint">${msg('One long line that begins with undersigned-mine-1')}</p>
				<textarea id="mine-proof" name="proof" rows="5" required spellcheck="false" autocomplete="off"></textarea>
			</div>
			<p><button class="button" ?disabled=${this.checking}>${msg('Check the proof')}</button></p>
			<div role="status" aria-live="polite">${this.outcome === null ? nothing : this.renderOutcome(this.outcome)}</div>
		</form>`;
	}

	private renderOutcome(outcome: MineOutcome) {
		if (!outcome.ok)
			return html`<div class="errors" data-mine="refused"><h3>${msg('This proof shows nothing')}</h3><p>${outcome.message}</p></div>`;
		const { signature } = outcome;
		return html`<section data-mine="holds">
			<h3>${msg(str`It holds: number ${spell(signature.number)}`)}</h3>
			<p>${printedLine(signature)}</p>
			<p>${msg('Whoever made this proof holds the key of this signature, and made it for you and this challenge.')}</p>
			<p class="quiet">${msg('It does not show who they are: a key can be handed on, and somebody could pass on a proof that they had a signer make in your name. Ask what only that person can know.')}</p>
		</section>`;
	}

	private typed = (event: Event) => {
		if (event.target instanceof HTMLInputElement) this.challenge = event.target.value;
	};

	private renew = () => {
		this.challenge = freshChallenge();
		this.outcome = null;
	};

	private submit = async (event: SubmitEvent): Promise<void> => {
		event.preventDefault();
		if (this.check === null || !(event.currentTarget instanceof HTMLFormElement)) return;
		const fields = new FormData(event.currentTarget);
		const said = (name: string) => String(fields.get(name) ?? '');
		this.checking = true;
		this.outcome = null;
		try {
			this.outcome = await this.check(said('proof'), { journalist: said('journalist'), challenge: said('challenge') });
		} catch (failure) {
			const message = failure instanceof Error ? failure.message : msg('Reload the page and try again.');
			this.outcome = { ok: false, message };
		} finally {
			this.checking = false;
		}
	};
}

/** As the letter prints it, or why it does not any more. */
function printedLine({ stands, shown, display, label, group }: PrintedSignature) {
	if (stands === 'withdrawn')
		return msg(
			'It is not on the list any more: its signer took it off after the list was approved. What it showed is not in the file.',
		);
	if (stands === 'struck')
		return msg(
			'It is not on the list any more: the organizers struck it after the list was approved. What it showed is not in the file.',
		);
	if (shown === 'anonymous' || display === null)
		return label === null
			? around(msg(str`It stands on the list without a name: someone in the group ${GROUP}.`), { group })
			: around(msg(str`It stands on the list without a name: someone who signed as ${LABEL} in the group ${GROUP}.`), {
					...{ label, group },
				});
	const { name, title } = display;
	return title === ''
		? around(msg(str`It stands on the list as ${NAME}, in the group ${GROUP}.`), { name, group })
		: around(msg(str`It stands on the list as ${NAME}, ${TITLE}, in the group ${GROUP}.`), { name, title, group });
}

/** What stands in a sentence for what somebody wrote, until it is put there. */
const [NAME, TITLE, LABEL, GROUP] = ['{name}', '{title}', '{label}', '{group}'];

/** What somebody wrote stands apart from what runs around it. A place has no other braces around it: the sentence is our own. */
const around = (sentence: string, given: Record<string, string>) =>
	sentence.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 0 ? part : html`<b><bdi>${given[part] ?? ''}</bdi></b>`));
