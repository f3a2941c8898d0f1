import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shownFingerprint } from '../../shared/charter.ts';
import { msg, str } from '../../shared/locales/say.ts';
import type { MineFor } from '../../shared/mine.ts';
import { spell } from '../../shared/pages/numbers.ts';
import type { CheckName } from '../../shared/recount-report.ts';
import { updatesSentence } from '../../shared/recount-updates.ts';
import { CHECK_NOW, checkSentence, faultSentence, whichLetter } from '../../shared/recount-words.ts';
import type { MineOutcome, RecountOutcome, RecountQuestion } from './recount-messages.ts';

type Progress = { done: number; total: number | null };
type Told = { now: (check: CheckName) => void; progress: (progress: Progress) => void };

/** `recount` rejects with Stopped after `stop`. `mine` is about the letter that was recounted last. */
export type Recounter = {
	recount: (question: RecountQuestion, told: Told) => Promise<RecountOutcome>;
	stop: () => void;
	mine: (proof: string, mine: MineFor) => Promise<MineOutcome>;
};

export class Stopped extends Error {}

/** Not more than was found out: without the host's seal at hand one check is missing. */
function heading({ report: { ok, checks }, updates }: RecountOutcome): string {
	if (!ok) return msg('This file does not hold');
	if (updates?.ok === false) return msg('The letter holds, what was posted under it does not');
	return checks.some((check) => check.ok === null)
		? msg('Every check that could be made holds')
		: msg('Every check holds');
}

/**
 * Recounts the letter at `release`, or a file that the reader chooses, and says in plain words what it found; then whoever wants to can check that a
 * number is somebody's. `recounter` is given by the page; the element fetches nothing itself.
 */
@customElement('recount-letter')
export class RecountLetter extends LitElement {
	@property() release = '';
	@property() jws = '';
	@property() updates = '';
	@property({ attribute: false }) recounter: Recounter | null = null;
	@state() private now: CheckName | null = null;
	@state() private progress: Progress | null = null;
	@state() private outcome: RecountOutcome | null = null;
	@state() private failure: string | null = null;
	@state() private stopped = false;

	/** In the page's own tree, so that its style sheet holds. */
	override createRenderRoot() {
		this.replaceChildren();
		return this;
	}

	override render() {
		const counting = this.now !== null;
		return html`
			<p><button class="button" @click=${this.recountHere} ?disabled=${counting}>${msg('Recount this letter')}</button></p>
			<div class="field">
				<label for="recount-file">${msg('Or a file of your own')}</label>
				<p class="hint">${msg('The release file, and with it the one that ends in .jws and updates.json, if you have them. They stay on this device.')}</p>
				<input id="recount-file" type="file" multiple accept=".json,.jws" @change=${this.recountFiles} ?disabled=${counting} />
			</div>
			${this.now === null ? nothing : this.renderRunning(this.now)}
			<div role="status" aria-live="polite">${this.renderOutcome()}</div>
			${this.outcome?.report.ok ? html`<recount-mine .check=${this.recounter?.mine ?? null}></recount-mine>` : nothing}`;
	}

	/** What is checked now is announced; how many are through is not, or nothing else would be heard. */
	private renderRunning(now: CheckName) {
		const { done, total } = this.progress ?? { done: 0, total: null };
		const counted =
			total === null
				? ''
				: total === 1
					? msg(str`${spell(done)} of 1 signature checked`)
					: msg(str`${spell(done)} of ${spell(total)} signatures checked`);
		return html`<div class="running">
			<p id="recount-now" role="status">${CHECK_NOW[now]()}</p>
			${total === null ? html`<progress aria-labelledby="recount-now"></progress>` : html`<progress aria-labelledby="recount-now" max=${total} .value=${done}></progress>`}
			<p class="quiet">${counted}</p>
			<p><button class="button plain" @click=${() => this.recounter?.stop()}>${msg('Stop')}</button></p>
		</div>`;
	}

	private renderOutcome() {
		if (this.stopped)
			return html`<p class="note" data-outcome="stopped">${msg('You stopped it. Nothing was found out: a recount says something only when it is through.')}</p>`;
		if (this.failure !== null)
			return html`<div class="errors" data-outcome="failed"><h2>${msg('The recount could not be made')}</h2><p>${this.failure}</p></div>`;
		if (this.outcome === null) return nothing;
		const { report, updates } = this.outcome;
		return html`<section data-outcome=${report.ok && updates?.ok !== false ? 'holds' : 'fault'}>
			<h2>${heading(this.outcome)}</h2>
			${report.fault === null ? nothing : html`<div class="errors"><p>${faultSentence(report.fault)}</p><p>${msg('Do not rely on it. Take the file again, or from another place; if it says the same there, ask the press contact of the letter.')}</p></div>`}
			<ul class="checks">
				${report.checks.map((check) => this.renderCheck(checkSentence(check, report.fault), check.ok))}
				${report.ok ? this.renderCheck(updatesSentence(updates), updates?.ok ?? null) : nothing}
			</ul>
			${report.letter === null ? nothing : html`<h3>${msg('Is it the letter that you read?')}</h3><ul class="recounted">${whichLetter(report.letter).map(([part, says]) => html`<li>${part}: <bdi>${says}</bdi></li>`)}</ul>`}
			${report.root === null ? nothing : html`<p>${msg('Fingerprint of the letter:')}</p><p class="fingerprint">${shownFingerprint(report.root)}</p>`}
			<h3>${msg('What no file can show')}</h3>
			<ul>${report.cannotShow.map((sentence) => html`<li>${sentence}</li>`)}</ul>
		</section>`;
	}

	/** The sentence begins with its mark, which is for the eye; the words for it stand behind. */
	private renderCheck(sentence: string, ok: boolean | null) {
		const said = ok === null ? msg('Not checked.') : ok ? msg('Holds.') : msg('Does not hold.');
		return html`<li>
			<span class="mark ${ok === null ? '' : ok ? 'good' : 'flag'}" aria-hidden="true">${sentence.slice(0, 1)}</span>
			<span>${sentence.slice(2)} <span class="visually-hidden">${said}</span></span>
		</li>`;
	}

	private recountHere = () =>
		this.recount({
			from: 'address',
			release: this.at(this.release),
			jws: this.at(this.jws),
			updates: this.at(this.updates),
		});

	/** The worker lies in another folder than the page. */
	private at(address: string): string {
		return new URL(address, document.baseURI).href;
	}

	private recountFiles = (event: Event) => {
		const files = event.target instanceof HTMLInputElement ? [...(event.target.files ?? [])] : [];
		return files.length === 0 ? undefined : this.recount({ from: 'files', files });
	};

	private async recount(question: RecountQuestion): Promise<void> {
		if (this.recounter === null) return;
		this.outcome = null;
		this.failure = null;
		this.stopped = false;
		this.progress = null;
		this.now = 'form';
		try {
			this.outcome = await this.recounter.recount(question, {
				now: (check) => {
					this.now = check;
				},
				progress: (progress) => {
					this.progress = progress;
				},
			});
		} catch (failure) {
			if (failure instanceof Stopped) this.stopped = true;
			else this.failure = failure instanceof Error ? failure.message : msg('Reload the page and try again.');
		} finally {
			this.now = null;
		}
	}
}
