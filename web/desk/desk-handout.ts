import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { chatTexts } from './chat-texts.ts';
import { DeskElement } from './desk-element.ts';
import { download, posterFile } from './print/drawing.ts';
import './copy-text.ts';

/** `<desk-handout name>`: ways to hand one invite link on. `link` is the whole of it, with the root that this browser checked. Fires nothing. */
export class DeskHandout extends DeskElement {
	static override properties: PropertyDeclarations = { link: { attribute: false }, name: {} };
	declare link: string;
	declare name: string;

	protected override render(): TemplateResult {
		const { name, link } = this;
		return html`<copy-text label=${name} .text=${link}></copy-text>
			<details class="handout"><summary>Poster and words for a chat<span class="visually-hidden"> for ${name}</span></summary>
				${this.summary()}
				<p>A poster shows the link as a code to scan, and names neither the company nor what it is about. Print it at home: printers at work remember.</p>
				<div class="actions">
					<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.poster(false)}>Poster (PDF)</button>
					<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.poster(true)}>Poster with strips to tear off (PDF)</button>
				</div>
				<p>Words that name neither, for a chat that your employer does not run. What a chat shows under the link says nothing of the letter.</p>
				<ul class="plain-list">${chatTexts(link).map((text, i) => html`<li><copy-text label="Words ${i + 1} for ${name}" .text=${text}></copy-text></li>`)}</ul>
			</details>`;
	}

	private poster(strips: boolean): Promise<boolean> {
		return this.run('poster', async () => download('poster.pdf', await posterFile(this.link, strips)));
	}
}

customElements.define('desk-handout', DeskHandout);

declare global {
	interface HTMLElementTagNameMap {
		'desk-handout': DeskHandout;
	}
}
