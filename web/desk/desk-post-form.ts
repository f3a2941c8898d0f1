import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { Refused } from '../../shared/client/call.ts';
import { type NewPost, proposePost, wasProposed } from '../../shared/client/posting.ts';
import type { Post } from '../../shared/post.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { inputOf, POST_FORMS, type PostField, readFields, type WrittenKind } from './post-fields.ts';
import { previewOf } from './post-preview.ts';

/**
 * `<desk-post-form kind="update|reply|coverage">`: writing what is to stand under the letter, beside how it will read. What is typed stays on the desk until it is proposed.
 * Fires `proposed` and `left`.
 */
export class DeskPostForm extends DeskElement {
	static override properties: PropertyDeclarations = { kind: {}, earlier: { state: true } };
	declare kind: WrittenKind;
	/** What was sent is proposed; what was typed since is not. */
	declare earlier: boolean;

	constructor() {
		super();
		this.earlier = false;
	}

	protected override firstUpdated(): void {
		this.querySelector<HTMLElement>('h3')?.focus();
	}

	protected override render(): TemplateResult {
		const { heading, what, fields } = POST_FORMS[this.kind];
		return html`<h3 tabindex="-1">${heading}</h3><p class="quiet">${what}</p>${this.summary()}
			<div role="status">${this.earlier ? html`<p class="note"><b>It is proposed as you sent it,</b> with your approval and without what you changed since. That is still here, and not sent. To propose this instead, take your approval back where the other waits, and propose it again.</p>` : nothing}</div>
			<div class="write">
				<form novalidate @submit=${(event: SubmitEvent) => this.propose(event)}>
					${fields.map((field) => this.field(field))}
					<div class="actions"><button class="button" ?disabled=${this.busy !== ''}>${this.busy === '' ? 'Propose it' : 'Proposing'}</button>
					<button class="link" type="button" @click=${() => this.dispatchEvent(new CustomEvent('left'))}>Leave it for now</button></div>
				</form>
				<section aria-label="As it will read">${this.preview()}</section>
			</div>`;
	}

	private field({ name, label, hint }: PostField): TemplateResult {
		const id = inputOf(name);
		const wrong = this.trouble?.field === id;
		const described = [hint === null ? '' : `${id}-hint`, wrong ? `${id}-wrong` : ''].join(' ').trim();
		const value = live(this.typed(name));
		const input = (event: Event) => this.type(name, event);
		return html`<div class="field" ?data-wrong=${wrong}><label for=${id}>${label}</label>
			${hint === null ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`}${this.wrong(id)}
			${
				name === 'text'
					? html`<textarea id=${id} rows="12" aria-describedby=${described} aria-invalid=${this.invalid(id)} .value=${value} @input=${input}></textarea>`
					: html`<input id=${id} type=${name === 'address' ? 'url' : 'text'} autocomplete="off" aria-describedby=${described} aria-invalid=${this.invalid(id)} .value=${value} @input=${input} />`
			}</div>`;
	}

	private key(name: string): string {
		return `${this.kind}.${name}`;
	}

	private typed(name: string): string {
		return this.desk.typed.get(this.key(name)) ?? '';
	}

	private type(name: string, event: Event): void {
		const { target } = event;
		if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
			this.desk.typed.set(this.key(name), target.value);
		}
		this.requestUpdate();
	}

	/** Whatever is typed, also while something is wrong with it: the template escapes it. */
	private preview(): TemplateResult {
		const of = (name: string) => this.typed(name);
		if (POST_FORMS[this.kind].fields.every(({ name }) => of(name).trim() === '')) {
			return html`<p class="quiet small">What you write appears here as readers will see it.</p>`;
		}
		const { now: written } = this.desk.unlocked.view.letter;
		const title = of('title').trim() || 'Untitled';
		if (this.kind === 'coverage') {
			return previewOf({ kind: 'coverage', written, outlet: of('outlet').trim() || 'Outlet', title, address: '#' });
		}
		if (this.kind === 'update') return previewOf({ kind: 'update', written, title, text: of('text') });
		return previewOf({ kind: 'reply', written, from: of('from').trim() || '…', text: of('text') });
	}

	private async propose(event: SubmitEvent): Promise<void> {
		event.preventDefault();
		const { organizer, view } = this.desk.unlocked;
		const sent = this.all();
		this.earlier = false;
		let post: NewPost | null = null;
		const work = async () => {
			const read = readFields(this.kind, (name) => this.typed(name));
			const standing = await this.desk.standing();
			post = read;
			await this.desk.act((call) => proposePost(call, organizer, standing, view, read)).catch(atItsInput);
		};
		const done = () => post !== null && wasProposed(organizer.id, post, view, this.desk.unlocked.view);
		if (await this.run('propose', work, done, () => this.close(sent))) this.close(sent);
	}

	private all(): string {
		return JSON.stringify(POST_FORMS[this.kind].fields.map(({ name }) => this.typed(name)));
	}

	/** @param sent as it was typed then: of what was typed since nobody has heard */
	private close(sent: string): void {
		this.earlier = this.all() !== sent;
		if (this.earlier) return;
		for (const { name } of POST_FORMS[this.kind].fields) this.desk.typed.delete(this.key(name));
		this.dispatchEvent(new CustomEvent<Post['kind']>('proposed', { detail: this.kind }));
	}
}

/** The server names a field of the post. */
function atItsInput(failure: unknown): never {
	const names = ['title', 'text', 'from', 'outlet', 'address'];
	if (failure instanceof Refused && failure.field !== null && names.includes(failure.field)) {
		throw new FormTrouble(inputOf(failure.field), failure.message);
	}
	throw failure;
}

customElements.define('desk-post-form', DeskPostForm);
