import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shownFingerprint } from '../../shared/charter.ts';
import { plural, spell } from '../../shared/pages/numbers.ts';
import type { RecountReport } from '../../shared/recount-report.ts';
import { checkSentence, faultSentence } from '../../shared/recount-words.ts';
import type { RecountQuestion } from './recount-messages.ts';

type Progress = { done: number; total: number | null };
export type Recounter = (question: RecountQuestion, progress: (progress: Progress) => void) => Promise<RecountReport>;

/**
 * Recounts the letter at `release`, or a file that the reader chooses, and says in plain words what it found.
 * `recounter` is given by the page; the element fetches nothing itself.
 */
@customElement('recount-letter')
export class RecountLetter extends LitElement {
	@property() release = '';
	@property() jws = '';
	@property({ attribute: false }) recounter: Recounter | null = null;
	@state() private progress: Progress | null = null;
	@state() private report: RecountReport | null = null;
	@state() private failure: string | null = null;

	/** In the page's own tree, so that its style sheet holds. */
	override createRenderRoot() {
		this.replaceChildren();
		return this;
	}

	override render() {
		return html`
			<p><button class="button" @click=${this.recountHere} ?disabled=${this.progress !== null}>Recount this letter</button></p>
			<div class="field">
				<label for="recount-file">Or a file of your own</label>
				<p class="hint">The release file, and beside it the one that ends in .jws, if you have it. They stay on this device.</p>
				<input id="recount-file" type="file" multiple accept=".json,.jws" @change=${this.recountFiles} ?disabled=${this.progress !== null} />
			</div>
			<div role="status" aria-live="polite">${this.renderOutcome()}</div>
			${this.progress === null ? nothing : this.renderProgress(this.progress)}`;
	}

	private renderProgress({ done, total }: Progress) {
		return html`<div>
			<label for="recount-progress">Counting ${spell(done)}${total === null ? '' : ` of ${spell(total)}`} ${plural(total ?? done, 'signature', 'signatures')}</label>
			${total === null ? html`<progress id="recount-progress"></progress>` : html`<progress id="recount-progress" max=${total} .value=${done}></progress>`}
		</div>`;
	}

	private renderOutcome() {
		if (this.failure !== null)
			return html`<div class="errors" data-outcome="failed"><h2>The recount could not be made</h2><p>${this.failure}</p></div>`;
		if (this.report === null) return nothing;
		const { report } = this;
		return html`<section data-outcome=${report.ok ? 'holds' : 'fault'}>
			<h2>${report.ok ? 'Every check holds' : 'This file does not hold'}</h2>
			${report.fault === null ? nothing : html`<div class="errors"><p>${faultSentence(report.fault)}</p></div>`}
			<ul class="checks">${report.checks.map((check) => this.renderCheck(checkSentence(check, report.fault), check.ok))}</ul>
			${report.root === null ? nothing : html`<p>Fingerprint of the letter:</p><p class="fingerprint">${shownFingerprint(report.root)}</p>`}
			<h2>What no file can show</h2>
			<ul>${report.cannotShow.map((sentence) => html`<li>${sentence}</li>`)}</ul>
		</section>`;
	}

	/** The sentence begins with its mark, which is for the eye; the words for it stand behind. */
	private renderCheck(sentence: string, ok: boolean | null) {
		const said = ok === null ? 'Not checked.' : ok ? 'Holds.' : 'Does not hold.';
		return html`<li>
			<span class="mark ${ok === null ? '' : ok ? 'good' : 'flag'}" aria-hidden="true">${sentence.slice(0, 1)}</span>
			<span>${sentence.slice(2)} <span class="visually-hidden">${said}</span></span>
		</li>`;
	}

	private recountHere = () => this.recount({ from: 'address', release: this.release, jws: this.jws });

	private recountFiles = (event: Event) => {
		const files = event.target instanceof HTMLInputElement ? [...(event.target.files ?? [])] : [];
		return files.length === 0 ? undefined : this.recount({ from: 'files', files });
	};

	private async recount(question: RecountQuestion): Promise<void> {
		if (this.recounter === null) return;
		this.report = null;
		this.failure = null;
		this.progress = { done: 0, total: null };
		try {
			this.report = await this.recounter(question, (progress) => {
				this.progress = progress;
			});
		} catch (failure) {
			this.failure = failure instanceof Error ? failure.message : 'Reload the page and try again.';
		} finally {
			this.progress = null;
		}
	}
}
