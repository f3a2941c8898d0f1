import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';
import type { Unread } from './draft-copy.ts';
import { inWords, type Topic } from './draft-in-words.ts';
import { DraftPart } from './draft-part.ts';
import type { PreviewSetting } from './draft-preview.ts';
import { addresseesField, languageField, referencesField, type WrittenField } from './written-fields.ts';
import './draft-anonymous.ts';
import './draft-contacts.ts';
import './draft-dates.ts';
import './draft-deliveries.ts';
import './draft-groups.ts';
import './draft-threshold.ts';
import './draft-translations.ts';

const HEADINGS: Record<Topic, string> = {
	addressees: 'To whom',
	references: 'References',
	languages: 'Language and translations',
	groups: 'Groups, headcounts, vouchers',
	threshold: 'How many must act together',
	dates: 'Dates',
	contacts: 'Whom to ask',
	anonymous: 'Anonymous signatures, and the mail',
};

/**
 * `<draft-rest>`: everything that has a default and can wait, folded by topic, each with what it comes to in words. `filled` (the draft with its defaults),
 * `setting`, `organizers` (how many) and `unread` are properties. Fires `draft-change`, and what `<draft-groups>` fires.
 */
export class DraftRest extends DraftPart {
	static override properties: PropertyDeclarations = {
		...{ filled: { attribute: false }, setting: { attribute: false } },
		...{ organizers: { attribute: false }, unread: { attribute: false } },
	};
	declare filled: Draft;
	declare setting: PreviewSetting;
	declare organizers: number;
	declare unread: Unread;

	protected override render(): TemplateResult {
		const { draft, filled } = this;
		const field: WrittenField = { written: draft, mark: '', put: (part) => this.change(part) };
		const all = inWords(draft, filled, this.organizers);
		const topic = (name: Topic, inside: unknown) => {
			const { words, chosen } = all[name];
			return html`<details class="wait"><summary><span class="what" role="heading" aria-level="3">${HEADINGS[name]}</span><span class="value"><bdi>${words}</bdi>${chosen ? nothing : html` <span class="default">default</span>`}</span></summary>
				<div class="wait-inside">${inside}</div></details>`;
		};
		return html`<section class="card rest" aria-labelledby="rest-heading">
			<h2 id="rest-heading" tabindex="-1">Everything else has a default that can wait</h2>
			<p class="quiet">This is what the letter is frozen with if you change nothing of it.</p>
			${topic('addressees', html`${addresseesField(field)}<draft-deliveries .draft=${draft}></draft-deliveries>`)}
			${topic('references', referencesField(field))}
			${topic('languages', html`${languageField(field)}<draft-translations .draft=${draft} .filled=${filled} .setting=${this.setting}></draft-translations>`)}
			${topic('groups', html`<draft-groups .draft=${draft} .unread=${this.unread}></draft-groups>`)}
			${topic('threshold', html`<draft-threshold .draft=${draft} .organizers=${this.organizers}></draft-threshold>`)}
			${topic('dates', html`<draft-dates .draft=${draft} .filled=${filled}></draft-dates>`)}
			${topic('contacts', html`<draft-contacts .draft=${draft}></draft-contacts>`)}
			${topic('anonymous', html`<draft-anonymous .draft=${draft}></draft-anonymous>`)}
		</section>`;
	}
}

customElements.define('draft-rest', DraftRest);
