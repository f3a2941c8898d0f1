import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { Refused } from '../../shared/client/call.ts';
import { buildRelease, newAttempt, proposeRelease } from '../../shared/client/releasing.ts';
import type { LeftOutWhy } from '../../shared/compose-release.ts';
import { writeTime } from '../../shared/document.ts';
import type { Terms } from '../../shared/release.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { titleOf } from './letter-title.ts';
import { fromLocalInput, inZones, toLocalInput } from './times.ts';

const WHY: Record<LeftOutWhy, string> = {
	struck: 'struck',
	unreadable: 'could not be opened',
	mismatch: 'hold something else than they committed to',
	text: 'are of an earlier text',
	condition: 'had a condition that does not hold',
	'small-group': 'are anonymous in a group that is too small',
};

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

/** `<desk-build>`: address, press contact, time; then the release is built here and proposed to the others. `last`: terms of the draft before. Fires `built`. */
export class DeskBuild extends DeskElement {
	static override properties: PropertyDeclarations = {
		last: { attribute: false },
		at: { state: true },
		leftOut: { state: true },
	};
	declare last: Terms | null;
	declare at: string | null;
	declare leftOut: Map<LeftOutWhy, number> | null;

	constructor() {
		super();
		this.at = null;
		this.leftOut = null;
	}

	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const slug = this.last?.slug ?? slugOf(titleOf(view));
		const press = this.last?.press ?? view.draft?.draft.press ?? '';
		const proposed = this.last?.releaseAt ?? writeTime(new Date(Date.parse(view.letter.now) + 48 * 3_600_000));
		return html`<form class="build" @submit=${(event: SubmitEvent) => this.build(event)}>
			<h3>Build the release</h3>${this.summary()}
			<div class="columns">
				<div class="field" ?data-wrong=${this.trouble?.field === 'slug'}><label for="slug">Address of the page</label>
					<p class="hint" id="slug-hint">${this.desk.parts.origin}/letters/… Small letters, digits and hyphens.</p>${this.wrong('slug')}
					<input id="slug" maxlength="60" autocapitalize="none" spellcheck="false" value=${slug} aria-describedby="slug-hint" aria-invalid=${this.invalid('slug')} /></div>
				<div class="field" ?data-wrong=${this.trouble?.field === 'release-at'}><label for="release-at">Goes out at</label>
					<p class="hint" id="at-hint">In your own time zone; below, how it reads elsewhere.</p>${this.wrong('release-at')}
					<input id="release-at" type="datetime-local" value=${toLocalInput(proposed)} aria-describedby="at-hint zones" aria-invalid=${this.invalid('release-at')} @input=${(event: Event) => this.look(event)} /></div>
				<div class="field" ?data-wrong=${this.trouble?.field === 'release-press'}><label for="release-press">Press contact, as printed</label>${this.wrong('release-press')}
					<textarea id="release-press" rows="2" maxlength="500" .value=${press} aria-invalid=${this.invalid('release-press')}></textarea></div>
				<ul class="plain-list small tab" id="zones">${inZones(this.at ?? proposed).map((one) => html`<li><span>${one.where}</span><span>${one.reads}</span></li>`)}</ul>
			</div>
			<p class="small quiet">Building it ends the approvals of the one before. What is proposed to strike is left out.</p>
			<button class="button plain" ?disabled=${this.busy !== ''}>${this.busy === 'build' ? 'Building' : 'Build the release'}</button>
			${this.leftOut && this.leftOut.size > 0 ? html`<p class="small quiet" role="status">Left out: ${[...this.leftOut].map(([why, count]) => `${count} ${WHY[why]}`).join('; ')}.</p>` : nothing}
		</form>`;
	}

	private look(event: Event): void {
		if (event.target instanceof HTMLInputElement) this.at = fromLocalInput(event.target.value);
	}

	private build(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const value = (id: string) =>
			this.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)?.value.trim() ?? '';
		return this.run('build', async () => {
			const { opening } = this.desk.opening;
			const { view } = this.desk.unlocked;
			const [slug, press, releaseAt] = [value('slug'), value('release-press'), fromLocalInput(value('release-at'))];
			if (!/^[a-z0-9-]{3,60}$/.test(slug))
				throw new FormTrouble('slug', 'Use 3 to 60 small letters, digits and hyphens.');
			if (releaseAt === null || releaseAt <= view.letter.now)
				throw new FormTrouble('release-at', 'Choose a time that is still to come.');
			if (press === '') throw new FormTrouble('release-press', 'Name somebody whom journalists can call or write to.');
			if (opening === null) return;
			const composed = await buildRelease(view, opening, { slug, press, releaseAt, attempt: newAttempt() });
			const leftOut = new Map<LeftOutWhy, number>();
			for (const { why } of composed.leftOut) leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
			const standing = await this.desk.standing();
			try {
				await this.desk.act((call) => proposeRelease(call, standing, composed));
			} catch (refused) {
				if (refused instanceof Refused && refused.code === 'slug-taken') throw new FormTrouble('slug', refused.message);
				throw refused;
			}
			this.leftOut = leftOut;
			this.dispatchEvent(new CustomEvent('built'));
		});
	}
}

customElements.define('desk-build', DeskBuild);
