import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type NewPost, type PostOnDesk, proposePost, readPosts, wasProposed } from '../../shared/client/posting.ts';
import { Fault } from '../../shared/fault.ts';
import { spellDay } from '../../shared/pages/numbers.ts';
import { isListed, isToShow, type PostToShow } from '../../shared/post.ts';
import { DeskElement } from './desk-element.ts';
import { POST_FORMS, type WrittenKind } from './post-fields.ts';
import { titleOf } from './post-preview.ts';
import { standingTakeDown } from './taken-down-note.ts';
import './desk-post.ts';
import './desk-post-form.ts';

const KINDS: WrittenKind[] = ['update', 'reply', 'coverage'];

/** As verified in this browser; `need` of the organizers approve. */
type Read = { posts: PostOnDesk[]; need: number };

/** `<desk-posts>`: what stands under the released letter, what waits to, and writing more. Fires nothing. */
export class DeskPosts extends DeskElement {
	static override properties: PropertyDeclarations = {
		read: { state: true },
		broken: { state: true },
		writing: { state: true },
		said: { state: true },
	};
	/** Null until this browser knows the letter. */
	declare read: Read | null;
	/** Why what the server shows cannot be trusted. */
	declare broken: string | null;
	declare writing: WrittenKind | null;
	declare said: string;
	#for = '';

	constructor() {
		super();
		this.read = null;
		this.broken = null;
		this.writing = null;
		this.said = '';
	}

	/** Verified anew whenever the server says something else. */
	protected override updated(): void {
		const now = JSON.stringify(this.desk.unlocked.view.posts);
		if (now === this.#for) return;
		this.#for = now;
		void this.verify(now);
	}

	private async verify(now: string): Promise<void> {
		try {
			const standing = await this.desk.standing();
			const posts = await readPosts(this.desk.unlocked.view, standing);
			if (now !== this.#for) return;
			this.read = { posts, need: standing.charter.threshold };
			this.broken = null;
		} catch (fault) {
			// A browser that does not know the letter yet: <desk-known> asks, and then it is tried again.
			this.#for = '';
			this.read = null;
			if (!(fault instanceof Fault)) throw fault;
			this.broken = fault.code === 'chain-root' ? null : `${fault.message} (${fault.place})`;
		}
	}

	protected override render(): TemplateResult {
		return html`<section class="card" aria-labelledby="posts-heading"><h2 id="posts-heading" tabindex="-1">Under the letter</h2>
			${this.summary()}
			<p>Updates, the addressee’s reply and links to the press stand on the letter’s page for everybody. Nothing goes there through one of you alone: it takes as many of you as the release did. ${this.down ? 'While the letter is taken down nobody reads it here: what enough of you approve is in the folder within a minute, and on the page if the letter is shown here again.' : 'Within a minute of the last approval it is public.'} Who approved can be read in a file beside the page.</p>
			<p class="good" role="status">${this.said}</p>
			${this.broken === null ? nothing : html`<div class="errors" role="alert"><h3>What the server shows was not agreed on</h3><p>${this.broken} Approve nothing here, and tell the other organizers.</p></div>`}
			${this.read === null ? html`<p class="quiet">${this.broken === null ? 'What stands there appears once this browser knows the letter.' : ''}</p>` : this.all(this.read)}</section>`;
	}

	private all({ posts, need }: Read): TemplateResult {
		const waiting = posts.filter(({ number }) => number === null);
		const removed = new Map(posts.flatMap((one) => (one.post.kind === 'removal' ? [[one.post.post, one.number]] : [])));
		const standing = posts.flatMap((one) =>
			one.number !== null && isToShow(one.post) ? [{ ...one, post: one.post }] : [],
		);
		const target = ({ post }: PostOnDesk) =>
			post.kind === 'removal' ? (standing.find(({ subject }) => subject === post.post)?.post ?? null) : null;
		return html`${
			waiting.length === 0
				? nothing
				: html`<h3>Waiting for approval</h3><p>Read each to its end before you approve it: your approval is for exactly these words.</p>
			${repeat(
				waiting,
				({ subject }) => subject,
				(one) => html`<desk-post .desk=${this.desk} .post=${one} .need=${need} .removes=${target(one)}></desk-post>`,
			)}`
		}
			<h3>What stands there</h3>
			${
				standing.length === 0
					? html`<p class="quiet">Nothing yet.</p>`
					: html`<ul class="plain-list">${standing.map((one) => this.standing(one, removed.get(one.subject)))}</ul>`
			}
			${this.more()}${this.frontPage(posts)}`;
	}

	/** @param removal number of its removal; null while that waits, undefined where there is none */
	private standing(one: PostOnDesk & { post: PostToShow }, removal: number | null | undefined): TemplateResult {
		const title = titleOf(one.post);
		const dated = html`<span><bdi>${title}</bdi> <span class="quiet small">${spellDay(one.post.written)}</span></span>`;
		if (removal === undefined) {
			const remove = () => this.propose({ kind: 'removal', post: one.subject }, 'Its removal');
			return html`<li>${dated}<button class="link small" ?disabled=${this.busy !== ''} @click=${remove}>Propose to remove<span class="visually-hidden"> ${title}</span></button></li>`;
		}
		return html`<li>${removal === null ? dated : html`<s class="quiet">${dated}</s>`}<span class="small quiet">${removal === null ? 'Its removal waits for approval' : 'Removed'}</span></li>`;
	}

	private more(): TemplateResult {
		if (this.writing !== null) {
			return html`<desk-post-form .desk=${this.desk} .kind=${this.writing} @proposed=${() => this.proposed(this.writing === 'reply' ? 'The reply' : 'It')} @left=${() => this.leave()}></desk-post-form>`;
		}
		return html`<h3>Add something</h3><div class="actions">${KINDS.map(
			(kind) =>
				html`<button class="button plain" @click=${() => this.write(kind)}>${POST_FORMS[kind].heading}</button>`,
		)}</div>`;
	}

	private get down(): boolean {
		return standingTakeDown(this.desk.unlocked.view.letter.takeDowns) !== null;
	}

	private listing(listed: boolean): string {
		if (this.down) {
			return listed
				? 'While the letter is taken down it is not listed there. Shown here again, it is.'
				: 'The letter is not listed there, and would not be if it is shown here again.';
		}
		return listed
			? 'The letter is listed there, for whoever visits the server without knowing of it.'
			: 'The letter is not listed there. Whoever has its address reads it all the same.';
	}

	private frontPage(posts: readonly PostOnDesk[]): TemplateResult {
		const listings = posts.filter(({ post }) => post.kind === 'listing');
		const listed = isListed(listings.filter(({ number }) => number !== null));
		const waits = listings.some(({ number }) => number === null);
		const propose = () => this.propose({ kind: 'listing', listed: !listed }, 'The change of the front page');
		return html`<h3>The front page of this server</h3>
			<p>${this.listing(listed)} ${waits ? 'A change waits for approval.' : ''}</p>
			${waits ? nothing : html`<button class="button plain" ?disabled=${this.busy !== ''} @click=${propose}>${listed ? 'Propose to take it off' : 'Propose to list it'}</button>`}`;
	}

	private propose(post: NewPost, what: string): Promise<void> {
		const { organizer, view } = this.desk.unlocked;
		const work = async () => {
			const standing = await this.desk.standing();
			await this.desk.act((call) => proposePost(call, organizer, standing, view, post));
		};
		const done = () => wasProposed(organizer.id, post, view, this.desk.unlocked.view);
		return this.run(post.kind, work, done, () => void this.proposed(what)).then((went) =>
			went ? this.proposed(what) : undefined,
		);
	}

	private async proposed(what: string): Promise<void> {
		this.writing = null;
		this.said = `${what} is proposed, with your approval. It waits for the others.`;
		await this.updateComplete;
		this.querySelector<HTMLElement>('#posts-heading')?.focus();
	}

	private write(kind: WrittenKind): void {
		this.said = '';
		this.writing = kind;
	}

	private async leave(): Promise<void> {
		this.writing = null;
		await this.updateComplete;
		this.querySelector<HTMLElement>('#posts-heading')?.focus();
	}
}

customElements.define('desk-posts', DeskPosts);
