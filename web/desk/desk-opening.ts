import { html, nothing, type TemplateResult } from 'lit';
import { readCharter } from '../../shared/charter.ts';
import type { Progress } from '../../shared/client/opening.ts';
import { writeTime } from '../../shared/document.ts';
import { ended, joinNames } from '../../shared/pages/people.ts';
import { DeskElement } from './desk-element.ts';
import { spellTime } from './times.ts';

const PHASES: Record<Progress['phase'], string> = {
	fetch: 'Fetching the sealed names',
	check: 'Checking that each signature is real',
	share: 'Opening your share of each name',
	open: 'Opening the names',
};

/**
 * `<desk-opening>`: who has opened, and this organizer's part of it, with its progress. The work is the desk's, so it goes on while other pages are looked at;
 * what a reload or a lock interrupted begins again by itself. Fires nothing.
 */
export class DeskOpening extends DeskElement {
	#resumed = false;

	protected override updated(): void {
		const { opening, unlocked } = this.desk;
		if (this.#resumed || !opening.isInterrupted(unlocked.organizer.letter)) return;
		this.#resumed = true;
		// Where this browser does not know the letter yet, the button says so when it is pressed.
		void this.run('open', () => opening.resume(this.desk));
	}

	protected override render(): TemplateResult {
		const { view } = this.desk.unlocked;
		const { opening } = this.desk;
		const document = view.chain?.charters.at(-1);
		const need = document === undefined ? 0 : readCharter(document).threshold;
		const gone = new Set(view.withdrawn.map((one) => one.key));
		const names = opening.opening?.names.filter(({ key }) => !gone.has(key)) ?? null;
		const named = names?.filter(({ statement }) => statement.shown === 'named').length ?? 0;
		return html`${this.summary()}
			<div class="cards tab">
				<div><b>${names === null ? '–' : named.toLocaleString('en')}</b><span class="quiet">by name, opened here only</span></div>
				<div><b>${names === null ? '–' : (names.length - named).toLocaleString('en')}</b><span class="quiet">anonymous</span></div>
				<div><b>${view.contributed.length} of ${view.organizers.length}</b><span class="quiet">organizers have opened; ${need} are needed</span></div>
			</div>
			<p class="small quiet">${this.who()}</p>
			${opening.progress ? this.bar(opening.progress) : this.button(need)}
			${this.unusual()}`;
	}

	private who(): string {
		const { organizers, contributed } = this.desk.unlocked.view;
		const names = organizers.filter((one) => contributed.includes(one.id)).map((one) => one.name);
		return names.length === 0 ? 'Nobody has opened yet.' : ended(`Opened by ${joinNames(names)}`);
	}

	private bar({ phase, done, of }: Progress): TemplateResult {
		return html`<div class="running"><p id="opening-phase" role="status">${PHASES[phase]}</p>
			<progress aria-labelledby="opening-phase" max=${Math.max(1, of)} .value=${done}></progress>
			<p class="small quiet tab">${done.toLocaleString('en')} of ${of.toLocaleString('en')}. You can go elsewhere on the desk meanwhile. After a reload it begins again when you have unlocked your keys; what you contributed stays.</p></div>`;
	}

	private button(need: number): TemplateResult | typeof nothing {
		const { view, organizer } = this.desk.unlocked;
		const { opening } = this.desk;
		const mine = view.contributed.includes(organizer.id);
		const enough = view.contributed.length >= need;
		const again =
			opening.opening !== null && opening.opening.waiting.length > 0 && view.contributed.length > opening.contributions;
		if (opening.opening !== null && !again) return nothing;
		if (mine && !enough) {
			return html`<p class="note" role="status">You have opened your part. The names can be read once ${need} of you have; ${need - view.contributed.length} to go.</p>`;
		}
		const words = again ? 'Open the rest with the new part' : mine ? 'Open the names' : 'Open your part of the names';
		return html`${this.early()}<p>Names are put together in your browser, from the parts of ${need} of you, and shown nowhere else. Look around first.</p>
			<button class="button" ?disabled=${this.busy !== ''} @click=${() => this.run('open', () => opening.run(this.desk))}>${words}</button>`;
	}

	/** That last call is over the server says; the charter and this device's clock may say otherwise. */
	private early(): TemplateResult | typeof nothing {
		const document = this.desk.unlocked.view.chain?.charters.at(-1);
		if (document === undefined) return nothing;
		const { closesAt, lastCallHours } = readCharter(document);
		const over = writeTime(new Date(Date.parse(closesAt) + lastCallHours * 3_600_000));
		if (over <= writeTime(new Date())) return nothing;
		return html`<p class="note"><b>By the letter’s charter, last call ends on ${spellTime(over)}.</b> Open your part before that only if enough of you decided to close early. If you know nothing of that, ask the others over another channel: somebody may want the names too soon.</p>`;
	}

	/** What did not open, and whose part did not fit: a hint for people, since a signer's browser can do that too. */
	private unusual(): TemplateResult | typeof nothing {
		const { opening, refused } = this.desk.opening;
		if (opening === null) return nothing;
		const nameOf = (id: string) => this.desk.unlocked.view.organizers.find((one) => one.id === id)?.name ?? '';
		const wrong = new Map<string, number>();
		for (const { organizer } of opening.wrongShares) wrong.set(organizer, (wrong.get(organizer) ?? 0) + 1);
		const lines = [
			refused > 0 &&
				`The server handed over ${refused} signatures that do not hold. They are left out; ask whoever runs it.`,
			opening.waiting.length > 0 &&
				`${opening.waiting.length} do not open with the parts so far. Another organizer’s part may open them; if you build the release now, they are left out and counted as lapsed.`,
			opening.unreadable.length > 0 &&
				`${opening.unreadable.length} can never be opened: whoever made them sealed nothing that can be read. They are left out and counted as lapsed.`,
			...opening.unreadableContributions.map((id) => `The part of ${nameOf(id)} cannot be read.`),
			...[...wrong].map(
				([id, count]) =>
					`${count} parts of ${nameOf(id)} do not fit. A signer’s own browser can cause that, so ask before you blame.`,
			),
		].filter((line) => line !== false);
		if (lines.length === 0) return nothing;
		const { id } = this.desk.unlocked.organizer;
		const own = opening.unreadableContributions.includes(id) || wrong.has(id);
		return html`<div class="note"><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>${own ? this.again() : nothing}</div>`;
	}

	private again(): TemplateResult {
		const send = () => this.run('again', () => this.desk.opening.contributeAgain(this.desk));
		return html`<p>One of these is your own. Sent again, it takes the place of the one before; the others see it when they open the names anew, after a reload.</p>
			<button class="button plain" ?disabled=${this.busy !== '' || this.desk.opening.running} @click=${send}>Send your own part again</button>`;
	}
}

customElements.define('desk-opening', DeskOpening);
