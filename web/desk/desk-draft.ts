import { html, nothing, type TemplateResult } from 'lit';
import type { DeskView, Draft } from '../../shared/api/desk.ts';
import { freeze, saveDraft } from '../../shared/client/drafting.ts';
import { readDesk } from '../../shared/client/organizer.ts';
import { withDefaults } from '../../shared/draft-defaults.ts';
import type { Desk } from './desk.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { DraftCopy, type SaveState } from './draft-copy.ts';
import type { DraftField } from './draft-merge.ts';
import type { PreviewSetting } from './draft-preview.ts';
import { FieldInHand } from './field-in-hand.ts';
import './desk-frozen.ts';
import './draft-checklist.ts';
import './draft-conflict.ts';
import './draft-first-domain.ts';
import './draft-letter.ts';
import './draft-people.ts';
import './draft-rest.ts';
import './draft-test-mail.ts';
import './draft-versions.ts';
import './made-invitations.ts';

const STATES: Record<SaveState, string> = {
	saved: 'Saved',
	waiting: 'Not saved yet',
	saving: 'Saving',
	offline: 'Not saved: the server does not answer. It goes on trying; leave this page open.',
	refused: 'Not saved',
	conflict: 'Not saved: somebody else changed the same. Decide below.',
	frozen: 'Not saved: the letter was frozen meanwhile.',
};

/** `<desk-draft>`: writing the letter until it is frozen; then `<desk-frozen>`. Listens for `draft-change` (detail: part of a Draft). Fires nothing. */
export class DeskDraft extends DeskElement {
	get #copy(): DraftCopy | null {
		return this.desk.draft;
	}

	readonly #inHand = new FieldInHand(this);
	#heard: Desk | null = null;
	/** As the server showed it last. */
	#view: DeskView | null = null;

	protected override willUpdate(): void {
		super.willUpdate();
		const { view } = this.desk.unlocked;
		const isNew = view !== this.#view;
		this.#view = view;
		const { draft, chain } = view;
		if (draft === null) return;
		if (this.#copy === null) this.desk.draft = this.copy(draft.version, draft.draft);
		else this.#copy.seen(draft.version, draft.draft);
		// Only what was just heard of says that a freeze is over.
		if (isNew && chain === null) this.#copy?.thaw();
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.addEventListener('draft-change', this.#typed);
		this.addEventListener('draft-unread', this.#unread);
		this.addEventListener('draft-freeze', this.#freeze);
		this.#heard = this.desk;
		this.#heard.addEventListener('taking', this.#taking);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.removeEventListener('draft-change', this.#typed);
		this.removeEventListener('draft-unread', this.#unread);
		this.removeEventListener('draft-freeze', this.#freeze);
		this.#heard?.removeEventListener('taking', this.#taking);
		void this.#copy?.flush();
	}

	/** What was typed when a session ended is saved in the next one. */
	protected override firstUpdated(): void {
		void this.#copy?.flush();
		void this.focusHeading();
	}

	readonly #typed = (event: Event) => {
		if (event instanceof CustomEvent) this.#copy?.change(event.detail as Partial<Draft>);
	};

	readonly #unread = (event: Event) => {
		if (!(event instanceof CustomEvent)) return;
		const { what, typed } = event.detail as { what: string; typed: string | null };
		this.#copy?.setUnread(what, typed);
	};

	readonly #taking = () => this.#inHand.leave();

	readonly #freeze = () => void this.freeze();

	private copy(version: number, draft: Draft): DraftCopy {
		const { call } = this.desk;
		const server = {
			save: (version: number, draft: Draft) => saveDraft(call, version, draft),
			read: async () => (await readDesk(call)).draft,
		};
		const copy = new DraftCopy(server, version, draft);
		copy.addEventListener('change', () => this.desk.changed());
		return copy;
	}

	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const copy = this.#copy;
		if (view.chain !== null) {
			// An invitation outlives a freeze, and ends it once it is used.
			return html`<made-invitations .desk=${this.desk}></made-invitations><desk-frozen .desk=${this.desk}></desk-frozen>`;
		}
		if (copy === null) return html`<h1>Draft</h1><p class="quiet">There is no draft here.</p>`;
		const { draft } = copy;
		const organizers = view.organizers.length;
		const filled = withDefaults(draft, organizers, new Date(view.letter.now));
		const { setting } = this;
		return html`${this.summary()}
			<div class="head-row">
				<h1 tabindex="-1">Write the letter</h1>
				<p class="save-state small" data-state=${copy.state} role="status">${copy.state === 'saved' && copy.unread.size > 0 ? 'Saved, but for a number that could not be read' : STATES[copy.state]}${copy.state === 'refused' ? `: ${copy.refusal}` : ''}</p>
			</div>
			${copy.theirs ? html`<draft-conflict .base=${copy.theirs.base} .mine=${draft} .theirs=${copy.theirs.draft} .fields=${copy.theirs.fields} @draft-decide=${(event: CustomEvent<{ field: DraftField; whose: 'mine' | 'theirs' }>) => copy.decide(event.detail.field, event.detail.whose)}></draft-conflict>` : nothing}
			<p class="quiet">A title, a text, your employer’s mail domain and a colleague or two who organize it with you: that is a letter. It saves itself as you write, and every organizer sees the same.</p>
			<draft-letter .draft=${draft} .filled=${filled} .setting=${setting}></draft-letter>
			<draft-versions .desk=${this.desk} .setting=${setting}></draft-versions>
			<draft-first-domain .draft=${draft}></draft-first-domain>
			<draft-people .desk=${this.desk} .draft=${draft}></draft-people>
			<draft-rest .draft=${draft} .filled=${filled} .setting=${setting} .organizers=${organizers} .unread=${copy.unread}></draft-rest>
			<draft-test-mail .desk=${this.desk}></draft-test-mail>
			<draft-checklist .desk=${this.desk} .draft=${draft} .unread=${copy.unread} .freezing=${this.busy === 'freeze'}></draft-checklist>`;
	}

	private get setting(): PreviewSetting {
		const { origin, letterStyle } = this.desk.parts;
		return { origin, letterStyle, organizers: this.desk.unlocked.view.organizers.map(({ name }) => name) };
	}

	private freeze(): Promise<boolean> {
		return this.run('freeze', async () => {
			await this.#copy?.flush();
			const copy = this.#copy;
			if (copy === null) return;
			if (copy.dirty) {
				throw new FormTrouble(
					null,
					'What you typed is not saved yet, so nothing was frozen. Beside the heading stands why; put that right first.',
				);
			}
			await this.desk.act((call) => freeze(call, copy.version));
			window.scrollTo(0, 0);
		});
	}
}

customElements.define('desk-draft', DeskDraft);
