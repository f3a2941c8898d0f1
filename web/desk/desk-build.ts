import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { Refused } from '../../shared/client/call.ts';
import {
	buildRelease,
	type DraftRelease,
	newAttempt,
	proposeRelease,
	type ReleaseChoice,
} from '../../shared/client/releasing.ts';
import { writeTime } from '../../shared/document.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { deliveryFault, deliveryLines } from './draft-deliveries.ts';
import { titleOf } from './letter-title.ts';
import { fromLocalInput, inZones, toLocalInput } from './times.ts';

/** A first guess at the address: the title in plain letters. */
export function slugOf(title: string): string {
	const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	const slug = plain
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60)
		.replace(/-+$/, '');
	return slug.length < 3 ? 'open-letter' : slug;
}

const FIELDS = ['slug', 'release-at', 'release-press', 'release-deliveries'] as const;
type FieldName = (typeof FIELDS)[number];

/**
 * `<desk-build>`: address, press contact, time, and to whom it is sent; then the release is built here and proposed to the others. `last`: the draft before. What is
 * typed stays on the desk until it is built. Fires `begun`, and `built` once nothing of it is left to be sent.
 */
export class DeskBuild extends DeskElement {
	static override properties: PropertyDeclarations = { last: { attribute: false }, earlier: { state: true } };
	declare last: DraftRelease | null;
	/** What was sent is built; what was typed since is not in it. */
	declare earlier: boolean;
	/** Fixed when it is first shown, so that a refresh does not move what is proposed. */
	#proposed = '';

	constructor() {
		super();
		this.earlier = false;
	}

	protected override render(): TemplateResult {
		const at = fromLocalInput(this.value('release-at'));
		return html`<form class="build" novalidate @submit=${(event: SubmitEvent) => this.build(event)}>
			<h3>Build the release</h3>${this.summary()}
			<div role="status">${this.earlier ? html`<p class="note"><b>It is built as you sent it,</b> without what you changed since. That is still here, and in no release yet: build it again with it, or leave it.</p>` : nothing}</div>
			<div class="columns">
				<div class="field" ?data-wrong=${this.trouble?.field === 'slug'}><label for="slug">Address of the page</label>
					<p class="hint" id="slug-hint">${this.desk.parts.origin}/letters/… Small letters, digits and hyphens.</p>${this.wrong('slug')}
					<input id="slug" maxlength="60" autocapitalize="none" spellcheck="false" .value=${live(this.value('slug'))} aria-describedby="slug-hint" aria-invalid=${this.invalid('slug')} @input=${this.type('slug')} /></div>
				<div class="field" ?data-wrong=${this.trouble?.field === 'release-at'}><label for="release-at">Goes out at</label>
					<p class="hint" id="at-hint">In your own time zone; below, how it reads elsewhere.</p>${this.wrong('release-at')}
					<input id="release-at" type="datetime-local" .value=${live(this.value('release-at'))} aria-describedby="at-hint zones" aria-invalid=${this.invalid('release-at')} @input=${this.type('release-at')} /></div>
				<div class="field" ?data-wrong=${this.trouble?.field === 'release-press'}><label for="release-press">Press contact, as printed</label>${this.wrong('release-press')}
					<textarea id="release-press" rows="2" maxlength="500" .value=${live(this.value('release-press'))} aria-invalid=${this.invalid('release-press')} @input=${this.type('release-press')}></textarea></div>
				<div class="field" ?data-wrong=${this.trouble?.field === 'release-deliveries'}><label for="release-deliveries">Sent to, by mail</label>
					<p class="hint" id="deliveries-hint">Addresses of the addressees, one a line, or none. Each gets the letter once, as a PDF, at its minute. A hash of them stands in the release file, by which whoever guesses the list can confirm it.</p>${this.wrong('release-deliveries')}
					<textarea id="release-deliveries" rows="3" inputmode="email" spellcheck="false" autocapitalize="none" .value=${live(this.value('release-deliveries'))} aria-describedby="deliveries-hint" aria-invalid=${this.invalid('release-deliveries')} @input=${this.type('release-deliveries')}></textarea></div>
			</div>
			<ul class="plain-list small tab" id="zones">${at === null ? nothing : inZones(at).map((one) => html`<li><span>${one.where}</span><span>${one.reads}</span></li>`)}</ul>
			<p class="small quiet">Building it ends the approvals of the one before, and everybody sees that it was you. What is proposed to strike is left out.</p>
			<button class="button plain" ?disabled=${this.busy !== ''}>${this.busy === 'build' ? 'Building' : 'Build the release'}</button>
		</form>`;
	}

	private value(name: FieldName): string {
		return this.desk.typed.get(keyOf(name)) ?? this.begins(name);
	}

	/** With what a field begins: the draft before, or what was written while the letter was one. */
	private begins(name: FieldName): string {
		const { view } = this.desk.unlocked;
		const last = this.last?.release.terms;
		switch (name) {
			case 'slug':
				return last?.slug ?? slugOf(titleOf(view));
			case 'release-at':
				this.#proposed ||= writeTime(new Date(Date.parse(view.letter.now) + 48 * 3_600_000));
				return toLocalInput(last?.releaseAt ?? this.#proposed);
			case 'release-press':
				return last?.press ?? view.draft?.draft.press ?? '';
			case 'release-deliveries':
				return (this.last?.deliveries ?? view.draft?.draft.deliveries ?? []).join('\n');
		}
	}

	private type(name: FieldName) {
		return ({ target }: Event) => {
			if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
			this.desk.typed.set(keyOf(name), target.value);
			this.requestUpdate();
		};
	}

	/** What was typed, as far as one can tell without the names. @throws FormTrouble */
	private choice(): ReleaseChoice {
		const releaseAt = fromLocalInput(this.value('release-at'));
		const [slug, press] = [this.value('slug').trim(), this.value('release-press').trim()];
		if (!/^[a-z0-9-]{3,60}$/.test(slug))
			throw new FormTrouble('slug', 'Use 3 to 60 small letters, digits and hyphens.');
		if (releaseAt === null || releaseAt <= this.desk.unlocked.view.letter.now)
			throw new FormTrouble('release-at', 'Choose a time that is still to come.');
		if (press === '') throw new FormTrouble('release-press', 'Name somebody whom journalists can call or write to.');
		const lines = deliveryLines(this.value('release-deliveries'));
		const fault = deliveryFault(lines);
		if (fault !== null) throw new FormTrouble('release-deliveries', fault);
		return { slug, press, releaseAt, deliveries: lines, attempt: newAttempt() };
	}

	private build(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		let attempt = '';
		const sent = this.all();
		this.earlier = false;
		this.dispatchEvent(new CustomEvent('begun'));
		const work = async () => {
			const { opening } = this.desk.opening;
			if (opening === null) return;
			const choice = this.choice();
			attempt = choice.attempt;
			const composed = await buildRelease(this.desk.unlocked.view, opening, choice);
			const standing = await this.desk.standing();
			try {
				await this.desk.act((call) => proposeRelease(call, standing, composed));
			} catch (refused) {
				if (refused instanceof Refused && refused.code === 'slug-taken') throw new FormTrouble('slug', refused.message);
				throw refused;
			}
			this.built(sent);
		};
		const stands = () => attempt !== '' && this.desk.view?.release?.attempt === attempt;
		return this.run('build', work, stands, () => this.built(sent));
	}

	private all(): string {
		return JSON.stringify(FIELDS.map((name) => this.desk.typed.get(keyOf(name)) ?? null));
	}

	/** @param sent as it was typed then: of what was typed since nobody has heard */
	private built(sent: string): void {
		this.earlier = this.all() !== sent;
		if (this.earlier) return;
		for (const name of FIELDS) this.desk.typed.delete(keyOf(name));
		this.dispatchEvent(new CustomEvent('built'));
	}
}

const keyOf = (name: FieldName): string => `release.${name}`;

customElements.define('desk-build', DeskBuild);
