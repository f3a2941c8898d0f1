import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keepRoot, keptRoot, readStanding, type Standing } from '../../shared/client/deciding.ts';
import { Fault } from '../../shared/fault.ts';
import { DeskElement } from './desk-element.ts';
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
		const now = letter.state === 'draft' || chain === null ? '' : JSON.stringify(chain);
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
		return html`<section class="card"><h2>This browser does not know the letter yet</h2>
			<p>Compare the fingerprint once with another organizer, or with your invite link. Until then you can look, and approve or open nothing.</p>
			<desk-compare .fingerprint=${root} @compared=${() => this.keep(root)}></desk-compare></section>`;
	}

	private async keep(root: string): Promise<void> {
		await keepRoot(this.desk.unlocked.organizer, this.desk.parts.roots, root);
		this.known = { is: 'yes' };
		this.desk.changed();
	}
}

customElements.define('desk-known', DeskKnown);
