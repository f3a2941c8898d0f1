import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { makeLink, revokeLink } from '../../shared/client/drafting.ts';
import { writeInviteLink } from '../../shared/client/invite-link.ts';
import { DeskElement } from './desk-element.ts';
import './copy-text.ts';

/** `<desk-links>`: the invite links, each with a note, each revocable. The fragment is the root this browser walked the chain from. Fires nothing. */
export class DeskLinks extends DeskElement {
	static override properties: PropertyDeclarations = { root: { state: true } };
	/** Null until the chain was checked: a link with somebody else's fingerprint must not be handed on. */
	declare root: string | null;

	constructor() {
		super();
		this.root = null;
	}

	protected override updated(): void {
		if (this.root !== null) return;
		this.desk.standing().then(
			(standing) => {
				this.root = standing.root;
			},
			// <desk-known> says why, and what to do.
			() => {},
		);
	}

	protected override render(): TemplateResult {
		const { links } = this.desk.unlocked.view;
		return html`<section class="card" aria-labelledby="links-heading"><h2 id="links-heading">Invite links</h2>
			${this.summary()}
			<p>Hand them on where your employer does not read along. What stands after the # is the fingerprint: without it, people cannot check that nobody changed the letter. Make one for each circle, so that one that leaks can be revoked alone.</p>
			${this.root === null ? html`<p class="note">The links appear once this browser knows the letter’s fingerprint.</p>` : nothing}
			<ul class="plain-list links">${links.map((one) => this.link(one.link, one.note, one.revoked))}</ul>
			<form class="inline-form" @submit=${(event: SubmitEvent) => this.make(event)}>
				<div class="field"><label for="link-note">A new link</label>
					<p class="hint" id="link-hint">A note, such as “Research floor”. All organizers read it; nobody else does.</p>
					<input id="link-note" maxlength="60" aria-describedby="link-hint" /></div>
				<button class="button plain" ?disabled=${this.busy !== ''}>Make a link</button>
			</form></section>`;
	}

	private link(link: string, note: string, revoked: boolean): TemplateResult {
		const name = note || 'Link without a note';
		if (revoked) return html`<li class="quiet"><s>${name}</s> revoked</li>`;
		return html`<li><div class="link-row"><b>${name}</b>
				<button class="link small" ?disabled=${this.busy !== ''} @click=${() => this.run(link, () => this.desk.act((call) => revokeLink(call, link)))}>Revoke<span class="visually-hidden"> ${name}</span></button></div>
			${this.root === null ? nothing : html`<copy-text label=${name} .text=${writeInviteLink(this.desk.parts.origin, link, this.root)}></copy-text>`}</li>`;
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

customElements.define('desk-links', DeskLinks);
