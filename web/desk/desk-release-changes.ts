import { html, nothing, type TemplateResult } from 'lit';
import type { ReleaseChangeView } from '../../shared/api/release-change.ts';
import { DeskElement } from './desk-element.ts';

const DID: Record<ReleaseChangeView['what'], string> = {
	replaced: 'built another release in place of one',
	dropped: 'dropped a release',
	stopped: 'stopped a release',
};

/** `<desk-release-changes>`: who took back what others had built or approved. Fires nothing. */
export class DeskReleaseChanges extends DeskElement {
	protected override render(): TemplateResult | typeof nothing {
		const { releaseChanges } = this.desk.unlocked.view;
		if (releaseChanges.length === 0) return nothing;
		return html`<details class="as-read"><summary>Taken back so far: ${releaseChanges.length}</summary>
			<p class="small quiet">Each of you alone can put another release in place of one, or stop one. If somebody does it only to hold the letter up, enough of you can suspend them.</p>
			<ul class="plain-list">${releaseChanges.toReversed().map((one) => html`<li>${this.words(one)}</li>`)}</ul></details>`;
	}

	private words({ organizer, what, approved }: ReleaseChangeView): TemplateResult {
		const { organizers, you } = this.desk.unlocked.view;
		const who =
			organizer === you.organizer ? 'You' : (organizers.find(({ id }) => id === organizer)?.name ?? 'Somebody');
		const how =
			approved === 0
				? 'that nobody else had approved'
				: `that ${approved === 1 ? 'one other had' : `${approved} others had`} approved`;
		return html`<span><bdi>${who}</bdi> ${DID[what]} ${how}.</span>`;
	}
}

customElements.define('desk-release-changes', DeskReleaseChanges);
