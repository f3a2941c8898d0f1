import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keepRoot, keptRoot, readStanding, type Standing } from '../../shared/client/deciding.ts';
import { readInviteLink } from '../../shared/client/invite-link.ts';
import { Fault } from '../../shared/fault.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import './desk-compare.ts';

type Known = { is: 'yes' } | { is: 'new'; standing: Standing } | { is: 'broken'; why: string };

/** `<desk-known>`: nothing while this browser knows the letter; else the comparison that makes it known, or the warning. Fires nothing. */
export class DeskKnown extends DeskElement {
	static override properties: PropertyDeclarations = { known: { state: true } };
	declare known: Known | null;
	#checked = '';

	constructor() {
		super();
		this.known = null;
	}

	protected override updated(): void {
		const { chain, letter } = this.desk.unlocked.view;
		// Before the freeze there is nothing to know.
		const due = letter.state !== 'draft' && chain !== null;
		const now = due ? JSON.stringify(chain) : '';
		if (now === this.#checked) return;
		this.#checked = now;
		if (now === '') this.known = null;
		else void this.look();
	}

	private async look(): Promise<void> {
		const { organizer, view } = this.desk.unlocked;
		try {
			const root = await keptRoot(organizer, this.desk.parts.roots);
			const standing = await readStanding(view, root);
			this.known = root === null ? { is: 'new', standing } : { is: 'yes' };
		} catch (fault) {
			this.known = {
				is: 'broken',
				why: fault instanceof Fault ? `${fault.message} (${fault.place})` : 'It could not be read.',
			};
		}
	}

	protected override render(): TemplateResult | typeof nothing {
		if (this.known === null || this.known.is === 'yes') return nothing;
		if (this.known.is === 'broken') {
			return html`<div class="errors" role="alert"><h2>This is not the letter that you approved</h2>
				<p>${this.known.why} Approve nothing here. Tell the other organizers over another channel.</p></div>`;
		}
		const { root } = this.known.standing;
		return html`<section class="card known"><h2>This browser does not know the letter yet</h2>
			<p>Compare the fingerprint once with another organizer, or with an invite link that was handed around. Until then you can look, and approve or open nothing.</p>
			<desk-compare .fingerprint=${root} @compared=${() => this.keep(root)}></desk-compare>
			<details class="with-link"><summary>I have an invite link instead</summary>${this.summary()}
				<form @submit=${(event: SubmitEvent) => this.compareLink(event, root)}>
					<div class="field" ?data-wrong=${this.trouble?.field === 'known-link'}>
						<label for="known-link">The whole invite link</label>
						<p class="hint" id="known-link-hint">From a chat or a paper, where it came from an organizer. Not from this server: it could show you a wrong one.</p>
						${this.wrong('known-link')}
						<input id="known-link" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="known-link-hint" aria-invalid=${this.invalid('known-link')} />
					</div>
					<button class="button plain" ?disabled=${this.busy !== ''}>Compare with the link</button>
				</form></details></section>`;
	}

	/** The fingerprint stands in the link's last part, and came over the channel that colleagues trust. */
	private compareLink(event: SubmitEvent, root: string): Promise<boolean> {
		event.preventDefault();
		return this.run('link', async () => {
			const link = readInviteLink(this.querySelector<HTMLInputElement>('#known-link')?.value ?? '');
			if (link === null) {
				throw new FormTrouble('known-link', 'Paste the whole link, with the part after the #.');
			}
			if (link.root !== root) {
				throw new FormTrouble(
					'known-link',
					'This link is for another letter than the one that the server shows you. Approve nothing, and ask the other organizers.',
				);
			}
			await this.keep(root);
		});
	}

	private async keep(root: string): Promise<void> {
		await keepRoot(this.desk.unlocked.organizer, this.desk.parts.roots, root);
		this.known = { is: 'yes' };
		this.desk.changed();
	}
}

customElements.define('desk-known', DeskKnown);
