import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';
import type { KeptVersion } from '../../shared/api/draft-versions.ts';
import { readVersion, readVersions, restoreVersion } from '../../shared/client/drafting.ts';
import { withDefaults } from '../../shared/draft-defaults.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { FIELD_NAMES } from './draft-fields.ts';
import { type DraftField, differ } from './draft-merge.ts';
import type { PreviewSetting } from './draft-preview.ts';
import { spellHour } from './times.ts';
import './draft-preview.ts';
import '../ui/marked-changes.ts';

type Seen = KeptVersion & { draft: Draft };

/** `<draft-versions>`: what the draft was, who wrote it and when, to look at and to bring back. `setting` as in `<draft-preview>`. Fires nothing. */
export class DraftVersions extends DeskElement {
	static override properties: PropertyDeclarations = {
		setting: { attribute: false },
		...{ list: { state: true }, seen: { state: true } },
	};
	declare setting: PreviewSetting;
	declare list: KeptVersion[] | null;
	declare seen: Seen | null;

	constructor() {
		super();
		this.list = null;
		this.seen = null;
	}

	protected override render(): TemplateResult {
		const earlier = this.list?.slice(1) ?? [];
		const opened = (event: Event) => {
			if (event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open) void this.load();
		};
		return html`<details class="wait versions" @toggle=${opened}>
			<summary><span class="what" role="heading" aria-level="2">Earlier versions</span><span class="quiet value">Who wrote when; any of them can come back</span></summary>
			<div class="wait-inside">${this.summary()}
				<p class="quiet">A version is kept when somebody else begins to write, and every ten minutes; the last fifty. All organizers see them, and they are gone when the letter opens.</p>
				${this.list !== null && earlier.length === 0 ? html`<p>There is none yet.</p>` : nothing}
				<ul class="plain-list">${earlier.map((one) => this.line(one))}</ul>
				${this.seen === null ? nothing : this.version(this.seen)}
			</div>
		</details>`;
	}

	private who(organizer: string): string {
		const { organizers, you } = this.desk.unlocked.view;
		if (organizer === you.organizer) return 'You';
		return organizers.find(({ id }) => id === organizer)?.name ?? 'Somebody who is not an organizer any more';
	}

	private line(one: KeptVersion): TemplateResult {
		const seen = this.seen?.number === one.number;
		return html`<li><span><bdi>${this.who(one.organizer)}</bdi> <span class="quiet">${spellHour(one.at)}</span></span>
			<button class="link small" aria-expanded=${seen} ?disabled=${this.busy !== ''} @click=${() => this.look(one.number, seen)}>${seen ? 'Close' : 'Look at it'}<span class="visually-hidden">: version ${one.number}</span></button></li>`;
	}

	private version({ number, organizer, at, draft }: Seen): TemplateResult {
		const { view } = this.desk.unlocked;
		const present = this.desk.draft?.draft ?? view.draft?.draft ?? draft;
		const fields = (Object.keys(FIELD_NAMES) as DraftField[]).filter((field) => differ(draft, present, field));
		const filled = withDefaults(draft, view.organizers.length, new Date(view.letter.now));
		return html`<section class="version" aria-labelledby="version-heading">
			<h3 id="version-heading" tabindex="-1">Version ${number}: <bdi>${this.who(organizer)}</bdi>, ${spellHour(at)}</h3>
			<p>${fields.length === 0 ? 'It is the same as the draft now.' : `Other than now: ${fields.map((field) => FIELD_NAMES[field]).join(', ')}.`}</p>
			${
				fields.length === 0
					? nothing
					: html`<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.bringBack(number)}>${this.busy === 'restore' ? 'Bringing it back' : 'Bring this version back'}</button>
			<p class="small quiet">The draft as it is now stays in this list, so you can undo it.</p>
			<details><summary>What bringing it back changes in the text</summary><marked-changes .earlier=${present} .later=${draft}></marked-changes></details>`
			}
			<draft-preview .draft=${filled} .setting=${this.setting} .name=${`Version ${number} of the draft`}></draft-preview>
		</section>`;
	}

	private load(): Promise<boolean> {
		return this.run('load', async () => {
			this.list = await readVersions(this.desk.call);
		});
	}

	private async look(number: number, close: boolean): Promise<void> {
		if (close) {
			this.seen = null;
			return;
		}
		const found = await this.run('look', async () => {
			this.seen = await readVersion(this.desk.call, number);
		});
		await this.updateComplete;
		if (found) this.querySelector<HTMLElement>('#version-heading')?.focus();
	}

	/** What was typed meanwhile is saved first, and so becomes a version. */
	private bringBack(number: number): Promise<boolean> {
		return this.run('restore', async () => {
			const { draft } = this.desk;
			await draft?.flush();
			if (draft === null) return;
			if (draft.dirty)
				throw new FormTrouble(
					'text',
					'What you typed is not saved yet, so nothing was brought back. Put that right first; the top of the page says what it is.',
				);
			await this.desk.act((call) => restoreVersion(call, draft.version, number));
			this.list = await readVersions(this.desk.call);
			this.seen = null;
		});
	}
}

customElements.define('draft-versions', DraftVersions);
