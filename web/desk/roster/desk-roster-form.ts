import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Charter } from '../../../shared/charter.ts';
import { proposeMailing } from '../../../shared/client/mailing.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { countByDomain, type ReadRoster, readRoster, tooFewOf } from '../../../shared/roster.ts';
import { DeskElement, FormTrouble } from '../desk-element.ts';
import { readListFile } from './list-file.ts';
import { number, people, spellDuration } from './mailing-words.ts';
import { rosterMailShown } from './roster-mail-shown.ts';
import './roster-report.ts';

const NOTE = 'roster.note';
const LIST = 'roster.list';

/**
 * `<desk-roster-form>`: a list, what is left out of it, and what would happen. `charter` is a property: the one that this browser checked. What is typed stays on the desk
 * until it is proposed. Fires `proposed`.
 */
export class DeskRosterForm extends DeskElement {
	static override properties: PropertyDeclarations = { charter: { attribute: false } };
	declare charter: Charter;
	#read: { typed: string; roster: ReadRoster } | null = null;

	protected override render(): TemplateResult {
		const list = this.typed(LIST);
		const roster = this.roster(list);
		return html`<form novalidate @submit=${(event: SubmitEvent) => this.propose(event)}>
			${this.summary()}
			<div class="field" ?data-wrong=${this.trouble?.field === 'roster-note'}><label for="roster-note">How did you get the list?</label>
				<p class="hint" id="roster-note-hint">All organizers read this, nobody else does. A list that only few could copy points at them.</p>${this.wrong('roster-note')}
				<textarea id="roster-note" rows="2" aria-describedby="roster-note-hint" aria-invalid=${this.invalid('roster-note')} .value=${live(this.typed(NOTE))} @input=${(event: Event) => this.type(NOTE, event)}></textarea></div>
			<div class="field" ?data-wrong=${this.trouble?.field === 'roster-list'}><label for="roster-list">The addresses</label>
				<p class="hint" id="roster-list-hint">Paste them as you have them: one a line, or a table. At most ${number(LIMITS.roster)}, and of each group on the list at least ${LIMITS.rosterLeast}. They stay in this browser until you propose.</p>${this.wrong('roster-list')}
				<textarea id="roster-list" rows="6" spellcheck="false" autocapitalize="none" aria-describedby="roster-list-hint" aria-invalid=${this.invalid('roster-list')} .value=${live(list)} @input=${(event: Event) => this.type(LIST, event)}></textarea></div>
			<div class="field" ?data-wrong=${this.trouble?.field === 'roster-file'}><label for="roster-file">Or from a file on this device</label>
				<p class="hint" id="roster-file-hint">.txt or .csv. It takes the place of what stands above.</p>${this.wrong('roster-file')}
				<input id="roster-file" type="file" accept=".txt,.csv,text/plain,text/csv" aria-describedby="roster-file-hint" aria-invalid=${this.invalid('roster-file')} @change=${(event: Event) => this.take(event)} /></div>
			<div role="status">${list.trim() === '' ? nothing : html`<roster-report .read=${roster}></roster-report>`}</div>
			${this.dryRun(roster)}
			<button class="button" ?disabled=${this.busy !== ''}>${this.busy === 'propose' ? 'Proposing' : 'Propose this mailing'}</button>
			<p class="small quiet">This is your approval. ${this.charter.threshold - 1 === 1 ? 'One more of you has' : `${this.charter.threshold - 1} more of you have`} to approve; nothing is sent before.</p>
		</form>`;
	}

	/** What would be sent, to how many, and how long it takes. */
	private dryRun({ addresses }: ReadRoster): TemplateResult {
		const { perMinute } = this.desk.unlocked.view.roster;
		return html`<section aria-labelledby="roster-dry"><h3 id="roster-dry">What would happen</h3>
			<p>${addresses.length === 0 ? 'Everybody on the list gets' : `${people(addresses.length)} ${addresses.length === 1 ? 'gets' : 'get'}`} this mail, each once. This server sends ${number(perMinute)} a minute${addresses.length === 0 ? '' : `, so it takes ${spellDuration(addresses.length, perMinute)}`}. Whoever has signed already gets it as well: a mail that is missing would say so.</p>
			${rosterMailShown(this.desk.parts.origin)}</section>`;
	}

	private typed(name: string): string {
		return this.desk.typed.get(name) ?? '';
	}

	private type(name: string, event: Event): void {
		if (event.target instanceof HTMLTextAreaElement) this.desk.typed.set(name, event.target.value);
		this.requestUpdate();
	}

	/** Read once for each change of it. */
	private roster(typed: string): ReadRoster {
		if (this.#read?.typed !== typed) this.#read = { typed, roster: readRoster(typed, this.charter.groups) };
		return this.#read.roster;
	}

	private async take(event: Event): Promise<void> {
		const input = event.target;
		const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
		if (file === undefined) return;
		await this.run('file', async () => {
			this.desk.typed.set(LIST, await readListFile(file, 'roster-file'));
		});
		// So that the same file can be chosen again once it is corrected.
		if (input instanceof HTMLInputElement) input.value = '';
	}

	private async propose(event: SubmitEvent): Promise<void> {
		event.preventDefault();
		const proposed = await this.run('propose', async () => {
			const note = this.typed(NOTE).toWellFormed().trim();
			const { addresses } = this.roster(this.typed(LIST));
			this.requireList(note, addresses);
			const standing = await this.desk.standing();
			const { organizer } = this.desk.unlocked;
			await this.desk.act((call) => proposeMailing(call, organizer, standing, { addresses, note }));
		});
		if (!proposed) return;
		for (const name of [NOTE, LIST]) this.desk.typed.delete(name);
		this.dispatchEvent(new CustomEvent('proposed'));
	}

	/** @throws FormTrouble at the first field that is not as it must be */
	private requireList(note: string, addresses: readonly string[]): void {
		if (note === '') throw new FormTrouble('roster-note', 'Say how you got the list: the others decide by it.');
		if (new TextEncoder().encode(note).length > LIMITS.rosterNote) {
			throw new FormTrouble('roster-note', `This is too long. ${LIMITS.rosterNote} characters have to do.`);
		}
		if (addresses.length === 0)
			throw new FormTrouble('roster-list', 'There is no address here that can be written to.');
		if (addresses.length > LIMITS.roster) {
			throw new FormTrouble(
				'roster-list',
				`At most ${number(LIMITS.roster)} at a time. Take some out, and propose them later.`,
			);
		}
		const few = tooFewOf(countByDomain(addresses), this.charter.groups);
		if (few !== null) {
			throw new FormTrouble(
				'roster-list',
				`There are fewer than ${LIMITS.rosterLeast} people of ${few} on the list. The published numbers could show who of them signed. Add more, or take them out.`,
			);
		}
	}
}

customElements.define('desk-roster-form', DeskRosterForm);

declare global {
	interface HTMLElementTagNameMap {
		'desk-roster-form': DeskRosterForm;
	}
}
