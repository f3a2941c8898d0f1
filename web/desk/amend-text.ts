import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { TextDocument } from '../../shared/charter.ts';
import { amend } from '../../shared/client/amending.ts';
import type { Standing } from '../../shared/client/deciding.ts';
import { markdownFault } from '../../shared/markdown.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { languageName } from './languages.ts';
import type { WrittenText } from './written-fields.ts';
import './draft-text.ts';
import '../ui/marked-changes.ts';

const TYPED = 'amend.text';

/** `<amend-text>`: another text, with what changes marked under it. What is typed stays on the desk until it is proposed. `standing`: what is in force. Fires `proposed` and `left`. */
export class AmendText extends DeskElement {
	static override properties: PropertyDeclarations = { standing: { attribute: false } };
	declare standing: Standing;

	private get text(): TextDocument {
		const typed = this.desk.typed.get(TYPED);
		return typed === undefined ? this.standing.text : (JSON.parse(typed) as TextDocument);
	}

	private put(text: TextDocument): void {
		this.desk.typed.set(TYPED, JSON.stringify(text));
		this.requestUpdate();
	}

	protected override render(): TemplateResult {
		const { text } = this;
		const changed = this.desk.typed.has(TYPED);
		return html`<h3 tabindex="-1">Another text</h3>${this.summary()}
			<p class="note"><b>Everybody who has signed is asked to sign again.</b> Nobody can tell them but whoever hands on the link: they have no address here. Whoever does nothing is not listed. For a slip of the pen, think twice.</p>
			<draft-text .written=${text} .mark=${'amend-'} @text-change=${(event: CustomEvent<Partial<WrittenText>>) => this.put({ ...text, ...event.detail })}></draft-text>
			${text.translations.map(
				(
					translation,
					at,
				) => html`<details class="as-read"><summary><span lang=${translation.language}>${languageName(translation.language)}</span></summary>
				<draft-text .written=${translation} .mark=${`amend-${at}-`} @text-change=${(event: CustomEvent<Partial<WrittenText>>) => this.put({ ...text, translations: text.translations.map((old, i) => (i === at ? { ...old, ...event.detail } : old)) })}></draft-text></details>`,
			)}
			<h4>What changes</h4>
			${changed ? html`<marked-changes .earlier=${this.standing.text} .later=${text}></marked-changes>` : html`<p class="quiet">Nothing yet.</p>`}
			<div class="actions"><button class="button" ?disabled=${this.busy !== '' || !changed} @click=${() => this.propose()}>${this.busy === '' ? 'Propose this text' : 'Proposing'}</button>
			<button class="link" @click=${() => this.leave()}>Leave the text as it is</button></div>`;
	}

	private leave(): void {
		this.desk.typed.delete(TYPED);
		this.dispatchEvent(new CustomEvent('left'));
	}

	private async propose(): Promise<void> {
		const proposed = await this.run('propose', async () => {
			const { text } = this;
			[text, ...text.translations].forEach((written, i) => {
				requireWritten(written, i === 0 ? 'amend-' : `amend-${i - 1}-`);
			});
			const { organizer } = this.desk.unlocked;
			await this.desk.act((call) => amend(call, organizer, this.standing, { text }));
		});
		if (!proposed) return;
		this.desk.typed.delete(TYPED);
		this.dispatchEvent(new CustomEvent('proposed'));
	}
}

/** @throws FormTrouble at the input that is wrong */
function requireWritten({ title, text, references }: WrittenText, mark: string): void {
	if (title.trim() === '') throw new FormTrouble(`${mark}title`, 'Give the letter a title.');
	if (text.trim() === '') throw new FormTrouble(`${mark}text`, 'The letter needs a text.');
	const fault = markdownFault(text, references);
	if (fault) throw new FormTrouble(`${mark}text`, fault);
	if (references.some((one) => one.trim() === '')) {
		throw new FormTrouble(`${mark}references`, 'A reference is empty. Write it, or remove it.');
	}
}

customElements.define('amend-text', AmendText);
