import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { approvePost, type PostOnDesk, takePostBack } from '../../shared/client/posting.ts';
import { joinNames } from '../../shared/pages/people.ts';
import { isToShow, type PostToShow } from '../../shared/post.ts';
import { DeskElement } from './desk-element.ts';
import { addressesOf, KIND_WORDS, previewOf } from './post-preview.ts';

/**
 * `<desk-post>`: one that waits: exactly what it will say, who approved it, and one's own say. `post`, `need` (how many approve) and `removes` (what a removal takes down, else null)
 * are properties. Fires nothing.
 */
export class DeskPost extends DeskElement {
	static override properties: PropertyDeclarations = {
		post: { attribute: false },
		need: { attribute: false },
		removes: { attribute: false },
	};
	declare post: PostOnDesk;
	declare need: number;
	declare removes: PostToShow | null;

	protected override render(): TemplateResult {
		const { post, approvedBy, proposer } = this.post;
		const { organizers } = this.desk.unlocked.view;
		const nameOf = (id: string | null) => organizers.find((one) => one.id === id)?.name ?? 'somebody';
		const missing = Math.max(0, this.need - approvedBy.length);
		const mine = this.approved;
		return html`<article class="waiting" aria-label="${KIND_WORDS[post.kind]}, proposed by ${nameOf(proposer)}">
			<p class="kicker small quiet">${KIND_WORDS[post.kind]}, proposed by ${nameOf(proposer)}</p>
			${this.summary()}${this.what()}
			<p class="small">Approved by ${joinNames(approvedBy.map(nameOf))}; ${missing === 1 ? 'one more is' : `${missing} more are`} needed.</p>
			<div class="actions">${
				mine
					? html`<p class="good">You have approved.</p><button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.back()}>Take it back</button>`
					: this.unseen
						? nothing
						: html`<button class="button" ?disabled=${this.busy !== ''} @click=${() => this.approve()}>${this.busy === '' ? 'Approve this' : 'Approving'}</button>`
			}</div></article>`;
	}

	/** A removal names its post by a hash alone: what it is has to be shown here. */
	private get unseen(): boolean {
		return this.post.post.kind === 'removal' && this.removes === null;
	}

	private what(): TemplateResult | typeof nothing {
		const { post } = this.post;
		if (isToShow(post)) return html`${previewOf(post)}${this.links(addressesOf(post))}`;
		if (post.kind === 'removal') {
			if (this.removes === null) {
				return html`<p class="errors">The server does not show what this would take down. It cannot be approved unseen.</p>`;
			}
			return html`<p>This is taken off the letter’s page. That it stood there, and what it said, stays in the file of updates.</p>${previewOf(this.removes)}`;
		}
		return post.listed
			? html`<p>The letter is listed on this server’s front page: title, addressees, language and how many signed.</p>`
			: html`<p>The letter is no longer listed on this server’s front page. Its own page stays where it is.</p>`;
	}

	private links(addresses: string[]): TemplateResult | typeof nothing {
		if (addresses.length === 0) return nothing;
		return html`<div class="small leads"><p>${addresses.length === 1 ? 'Its link leads to' : 'Its links lead to'}</p><ul>${addresses.map((one) => html`<li>${one}</li>`)}</ul></div>`;
	}

	private approve(): Promise<boolean> {
		const work = async () => {
			const standing = await this.desk.standing();
			await this.desk.act((call) => approvePost(call, this.desk.unlocked.organizer, standing, this.post));
		};
		return this.run('approve', work, () => this.approved);
	}

	private back(): Promise<boolean> {
		const work = () => this.desk.act((call) => takePostBack(call, this.post.subject));
		return this.run('back', work, () => !this.approved);
	}

	/** As verified in this browser: soon after the server says it. */
	private get approved(): boolean {
		return this.post.approvedBy.includes(this.desk.unlocked.view.you.organizer);
	}
}

customElements.define('desk-post', DeskPost);
