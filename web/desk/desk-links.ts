import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { DeskView } from '../../shared/api/desk.ts';
import { makeLink, revokeLink } from '../../shared/client/drafting.ts';
import { writeInviteLink } from '../../shared/client/invite-link.ts';
import { DeskElement } from './desk-element.ts';
import './desk-handout.ts';
import { KnownRoot } from './known-root.ts';

type Link = DeskView['links'][number];

/** `<desk-links>`: the invite links, each with a note, each revocable; all see who made and who revoked which. The fragment is the root this browser walked the chain from. Fires nothing. */
export class DeskLinks extends DeskElement {
	static override properties: PropertyDeclarations = { sure: { state: true } };
	/** The link about to be revoked; '' for none. */
	declare sure: string;
	readonly #root = new KnownRoot(this);

	constructor() {
		super();
		this.sure = '';
	}

	protected override render(): TemplateResult {
		const { links } = this.desk.unlocked.view;
		const standing = links.filter((one) => !one.revoked);
		const revoked = links.filter((one) => one.revoked);
		return html`<section class="card" aria-labelledby="links-heading"><h2 id="links-heading">Invite links</h2>
			${this.summary()}
			<p>Hand them on where your employer does not read along. What stands after the # is the fingerprint: without it, people cannot check that nobody changed the letter. Make one for each circle, so that one that leaks can be revoked alone.</p>
			${this.#root.value === null ? html`<p class="note">The links appear once this browser knows the letter’s fingerprint.</p>` : nothing}
			${links.length === 0 ? html`<p class="quiet">No link yet. People sign through one.</p>` : nothing}
			<ul class="plain-list links">${standing.map((one) => this.link(one))}${revoked.map((one) => html`<li class="quiet"><span><s>${nameOf(one.note)}</s>${this.by(', made by', one.createdBy)}, revoked${this.by(' by', one.revokedBy)}</span></li>`)}</ul>
			<form class="inline-form" @submit=${(event: SubmitEvent) => this.make(event)}>
				<div class="field"><label for="link-note">A new link</label>
					<p class="hint" id="link-hint">A note, such as “Research floor”. All organizers read it; nobody else does.</p>
					<input id="link-note" maxlength="60" aria-describedby="link-hint" /></div>
				<button class="button plain" ?disabled=${this.busy !== ''}>Make a link</button>
			</form></section>`;
	}

	/** Nothing where nobody knows any more. */
	private by(did: string, organizer: string | null): TemplateResult | typeof nothing {
		const found = this.desk.unlocked.view.organizers.find(({ id }) => id === organizer);
		return found ? html`${did} <bdi>${found.name}</bdi>` : nothing;
	}

	private link({ link, note, createdBy }: Link): TemplateResult {
		const { value: root } = this.#root;
		const name = nameOf(note);
		return html`<li><div class="link-row"><span><b>${name}</b><span class="small quiet">${this.by(', made by', createdBy)}</span></span>
				${this.sure === link ? nothing : html`<button class="link small" ?disabled=${this.busy !== ''} @click=${() => this.ask(link)}>Revoke<span class="visually-hidden"> ${name}</span></button>`}</div>
			${this.sure === link ? this.confirm(link, name) : nothing}
			${root === null || this.sure === link ? nothing : html`<desk-handout .desk=${this.desk} .name=${name} .link=${writeInviteLink(this.desk.parts.origin, link, root)}></desk-handout>`}</li>`;
	}

	private confirm(link: string, name: string): TemplateResult {
		return html`<p id="sure-text">Whoever opens this link, its posters or cards with it is told that it leads nowhere, and to ask for another. Signatures stay. Who has signed through it goes on by any other link to the letter, or where they signed. This cannot be undone.</p>
			<div class="actions"><button class="button" id="sure" aria-describedby="sure-text" ?disabled=${this.busy !== ''} @click=${() => this.revoke(link)}>Revoke “${name}”</button>
			<button class="link" ?disabled=${this.busy !== ''} @click=${() => this.ask('')}>Keep it</button></div>`;
	}

	private async ask(link: string): Promise<void> {
		this.sure = link;
		await this.updateComplete;
		this.querySelector<HTMLElement>('#sure')?.focus();
	}

	private async revoke(link: string): Promise<void> {
		if (await this.run(link, () => this.desk.act((call) => revokeLink(call, link)))) this.sure = '';
	}

	private make(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const input = this.querySelector<HTMLInputElement>('#link-note');
		return this.run('make', async () => {
			await this.desk.act((call) => makeLink(call, input?.value.trim() ?? ''));
			if (input) input.value = '';
		});
	}
}

const nameOf = (note: string): string => note || 'Link without a note';

customElements.define('desk-links', DeskLinks);
