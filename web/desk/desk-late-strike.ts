import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
	type FoundSignature,
	findSignature,
	type LateStrike,
	strikeApprovers,
	strikeLate,
	takeStrikeBack,
} from '../../shared/client/posting.ts';
import { STRIKE_REASONS } from '../../shared/entry.ts';
import { Fault } from '../../shared/fault.ts';
import { LIMITS } from '../../shared/limits.ts';
import { ended, joinNames } from '../../shared/pages/people.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';

import { STRIKE_WORDS } from './strike-reasons.ts';
import { whoSigned } from './who-signed.ts';

type Read = { need: number; approvedBy: ReadonlyMap<LateStrike, string[]> };

/**
 * `<desk-late-strike>`: taking a signature off a released letter. Who stands under a number is read out of the public file in this browser; what is approved is that very entry. Fires nothing.
 */
export class DeskLateStrike extends DeskElement {
	static override properties: PropertyDeclarations = {
		read: { state: true },
		found: { state: true },
		passed: { state: true },
		said: { state: true },
	};
	declare read: Read | null;
	/** What was looked up last. */
	declare found: FoundSignature | null;
	/** How many signatures were passed over while looking, of how many. */
	declare passed: { done: number; of: number } | null;
	declare said: string;
	#for: unknown = null;

	constructor() {
		super();
		this.read = null;
		this.found = null;
		this.passed = null;
		this.said = '';
	}

	protected override updated(): void {
		const { lateStrikes } = this.desk.unlocked.view;
		if (lateStrikes === this.#for) return;
		this.#for = lateStrikes;
		void this.verify(lateStrikes);
	}

	/** Whose approvals hold, by this browser's own look. Nothing while it does not know the letter. */
	private async verify(strikes: LateStrike[]): Promise<void> {
		try {
			const standing = await this.desk.standing();
			const pairs = strikes.map(async (one) => [one, await strikeApprovers(standing, one)] as const);
			this.read = { need: standing.charter.threshold, approvedBy: new Map(await Promise.all(pairs)) };
		} catch (fault) {
			if (!(fault instanceof Fault)) throw fault;
			this.#for = null;
			this.read = null;
		}
	}

	protected override render(): TemplateResult {
		return html`<section class="card" aria-labelledby="strike-heading"><h2 id="strike-heading" tabindex="-1">Strike a signature</h2>
			<p>For a name that turns out to be false, or that somebody asks you to take off who cannot do it alone. It takes as many of you as the release did. Within a minute of the last approval the name is gone from the page and every file here; its number stays, with the reason beside it in the release file. Copies made before stay as they are.</p>
			${this.summary()}<p class="good" role="status">${this.said}</p>
			${this.read === null ? html`<p class="quiet">You can strike once this browser knows the letter.</p>` : html`${this.waiting(this.read)}${this.form()}${this.struck(this.read)}`}</section>`;
	}

	private waiting({ approvedBy, need }: Read): TemplateResult | typeof nothing {
		const waiting = [...approvedBy].filter(([one]) => !one.agreed);
		if (waiting.length === 0) return nothing;
		const { organizers, you } = this.desk.unlocked.view;
		const nameOf = (id: string | null) => organizers.find((one) => one.id === id)?.name ?? 'somebody';
		return html`<h3>Waiting for approval</h3>${waiting.map(([one, by]) => {
			const missing = Math.max(0, need - by.length);
			const seen = this.found?.is === 'entry' && this.found.digest === one.digest ? this.found : null;
			return html`<article class="waiting" aria-label="Strike number ${one.number}">
				<p><b>Number ${one.number}</b>: ${STRIKE_WORDS[one.reason]}, says ${ended(nameOf(one.proposer))}</p>
				${seen === null ? nothing : this.who(seen)}
				<p class="small">Approved by ${joinNames(by.map(nameOf))}; ${missing === 1 ? 'one more is' : `${missing} more are`} needed.</p>
				<div class="actions">${
					by.includes(you.organizer)
						? html`<p class="good">You have approved.</p><button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.back(one)}>Take it back</button>`
						: seen === null
							? html`<button class="button plain" ?disabled=${this.busy !== ''} @click=${() => this.look(one.number, one.digest)}>See who it is</button>`
							: html`<button class="button" ?disabled=${this.busy !== ''} @click=${() => this.strike(seen, one.reason)}>Approve striking number ${one.number}</button>`
				}</div></article>`;
		})}`;
	}

	private form(): TemplateResult {
		const { found } = this;
		const pending = this.desk.unlocked.view.lateStrikes.some((one) => one.digest === found?.digest);
		return html`<form class="inline-form" novalidate @submit=${(event: SubmitEvent) => this.find(event)}>
				<div class="field" ?data-wrong=${this.trouble?.field === 'strike-number'}><label for="strike-number">Number on the letter</label>
					<p class="hint" id="strike-number-hint">It stands beside each name on <a href="/letters/${this.desk.unlocked.view.letter.slug ?? ''}/all.html">the page to print</a>.</p>${this.wrong('strike-number')}
					<input id="strike-number" inputmode="numeric" autocomplete="off" aria-describedby="strike-number-hint" aria-invalid=${this.invalid('strike-number')} /></div>
				<button class="button plain" ?disabled=${this.busy !== ''}>See who it is</button></form>
			${this.passed === null ? nothing : html`<div class="running"><label for="strike-progress">Looking: ${this.passed.done.toLocaleString('en')} of ${this.passed.of.toLocaleString('en')} passed</label><progress id="strike-progress" max=${this.passed.of} .value=${this.passed.done}></progress></div>`}
			${found === null || pending ? nothing : this.proposal(found)}`;
	}

	private proposal(found: FoundSignature): TemplateResult {
		if (found.is === 'gone') return html`<p role="status">Number ${found.number} was taken off already.</p>`;
		return html`<form class="waiting" novalidate @submit=${(event: SubmitEvent) => this.propose(event, found)}>
			${this.who(found)}
			<div class="field" ?data-wrong=${this.trouble?.field === 'strike-why'}><label for="strike-why">Why</label>
				<p class="hint" id="strike-why-hint">Everybody can read it in the release file.</p>${this.wrong('strike-why')}
				<select id="strike-why" aria-describedby="strike-why-hint" aria-invalid=${this.invalid('strike-why')}><option value="">Choose a reason</option>${STRIKE_REASONS.map((reason) => html`<option value=${reason}>${STRIKE_WORDS[reason]}</option>`)}</select></div>
			<button class="button" ?disabled=${this.busy !== ''}>Propose to strike number ${found.number}</button></form>`;
	}

	private who(found: FoundSignature & { is: 'entry' }): TemplateResult {
		const { name, title, group } = whoSigned(found.entry, this.desk.unlocked.view);
		return html`<p class="as" role="status"><small>Number ${found.number}, as it stands on the letter</small><bdi>${name}</bdi><em><bdi>${title === '' ? group : `${title}, ${group}`}</bdi></em></p>`;
	}

	private struck({ approvedBy }: Read): TemplateResult | typeof nothing {
		const struck = [...approvedBy.keys()].filter(({ agreed }) => agreed);
		if (struck.length === 0) return nothing;
		return html`<h3>Struck since the release</h3><ul class="plain-list">${struck.map((one) => html`<li><span class="tab">Number ${one.number}</span><span class="quiet">${STRIKE_WORDS[one.reason]}</span></li>`)}</ul>`;
	}

	private find(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const typed = this.querySelector<HTMLInputElement>('#strike-number')?.value.trim() ?? '';
		const number = /^[0-9]{1,7}$/.test(typed) ? Number(typed) : 0;
		return this.look(number, null);
	}

	/** @param expected digest of what waits, which must be what stands there; null for a new proposal */
	private look(number: number, expected: string | null): Promise<boolean> {
		this.found = null;
		this.said = '';
		return this.run('look', async () => {
			const missing = new FormTrouble(
				'strike-number',
				'Type the number that stands beside the name on the page to print.',
			);
			if (number < 1 || number > LIMITS.signatures) throw missing;
			const file = await this.desk.parts.file(`/letters/${this.desk.unlocked.view.letter.slug ?? ''}/release.json`);
			try {
				this.passed = { done: 0, of: number };
				const found = await findSignature(file, number, (done) => {
					this.passed = { done, of: number };
				});
				if (found === null) throw new FormTrouble('strike-number', 'The letter has no signature of this number.');
				if (expected !== null && found.digest !== expected) {
					throw new Fault(
						'entry-mismatch',
						'digest',
						'What stands under this number is not what was proposed. Approve nothing; ask the others.',
					);
				}
				this.found = found;
				if (found.is === 'gone' && expected !== null) this.said = `Number ${number} was taken off already.`;
			} finally {
				this.passed = null;
			}
		});
	}

	private propose(event: SubmitEvent, found: FoundSignature): Promise<boolean> {
		event.preventDefault();
		const chosen = this.querySelector<HTMLSelectElement>('#strike-why')?.value;
		const reason = STRIKE_REASONS.find((one) => one === chosen);
		if (reason) return this.strike(found, reason);
		return this.run('strike', async () => {
			throw new FormTrouble('strike-why', 'Choose a reason.');
		});
	}

	private strike(found: FoundSignature, reason: LateStrike['reason']): Promise<boolean> {
		const work = async () => {
			const standing = await this.desk.standing();
			const { organizer } = this.desk.unlocked;
			const agreed = await this.desk.act((call) => strikeLate(call, organizer, standing, found, reason));
			this.said = agreed
				? `Number ${found.number} is struck. It leaves the page within a minute.`
				: 'It is proposed, with your approval. It waits for the others.';
			this.found = null;
			this.querySelector<HTMLElement>('#strike-heading')?.focus();
		};
		const { digest } = found;
		return this.run('strike', work, () => this.approved(digest, reason));
	}

	private approved(digest: string, reason: LateStrike['reason']): boolean {
		const { lateStrikes, you } = this.desk.unlocked.view;
		const one = lateStrikes.find((strike) => strike.digest === digest && strike.reason === reason);
		return one?.approvals.some(({ organizer }) => organizer === you.organizer) ?? false;
	}

	private back(one: LateStrike): Promise<boolean> {
		this.said = '';
		const work = () => this.desk.act((call) => takeStrikeBack(call, one));
		return this.run('back', work, () => !this.approved(one.digest, one.reason));
	}
}

customElements.define('desk-late-strike', DeskLateStrike);
