import { html, nothing, type TemplateResult } from 'lit';
import { invite, joinLink, takeInvitationBack } from '../../shared/client/drafting.ts';
import { DeskElement } from './desk-element.ts';
import { spellTime } from './times.ts';
import { sayWhatMayBe } from './told-once.ts';
import './made-invitations.ts';

/** `<draft-invitations>`: inviting more organizers, and who was invited and is not here yet. Fires nothing. */
export class DraftInvitations extends DeskElement {
	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		return html`${this.summary()}${this.waiting()}
			<form class="inline-form" @submit=${(event: SubmitEvent) => this.invite(event)}>
				<div class="field"><label for="invite-note">Invite somebody</label>
					<p class="hint" id="invite-hint">A note for yourselves, such as “K. from design”. Every organizer reads it.</p>
					<input id="invite-note" maxlength="60" aria-describedby="invite-hint" /></div>
				<button class="button plain" ?disabled=${this.busy !== '' || view.organizers.length >= 20}>Make an invitation</button>
			</form>
			<made-invitations .desk=${this.desk}></made-invitations>`;
	}

	private waiting(): TemplateResult | typeof nothing {
		const { invitations } = this.desk.unlocked.view;
		if (invitations.length === 0) return nothing;
		return html`<h3>Invited, not here yet</h3><ul class="plain-list">${invitations.map(
			(
				one,
			) => html`<li><span><bdi>${one.note || 'Without a note'}</bdi> <span class="quiet small">until ${spellTime(one.expiresAt)}</span></span>
				<button class="link small" ?disabled=${this.busy !== ''} @click=${() => this.run(one.id, () => this.desk.act((call) => takeInvitationBack(call, one.id)))}>Take back<span class="visually-hidden"> the invitation ${one.note}</span></button></li>`,
		)}</ul>`;
	}

	private invite(event: SubmitEvent): Promise<boolean> {
		event.preventDefault();
		const input = this.querySelector<HTMLInputElement>('#invite-note');
		return this.run('invite', async () => {
			const whom = input?.value.trim() ?? '';
			await this.desk.act(async (call) => {
				const invitation = await invite(call, whom).catch(sayWhatMayBe(LOST));
				this.desk.made.invitations.add({ whom, link: joinLink(this.desk.parts.origin, invitation) });
			});
			if (input) input.value = '';
		});
	}
}

const LOST =
	'If somebody appears under “Invited, not here yet” whose link you never saw, take that invitation back: the link cannot be shown again.';

customElements.define('draft-invitations', DraftInvitations);
