import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Charter, Headcount } from '../../shared/charter.ts';
import { amend } from '../../shared/client/amending.ts';
import { Refused } from '../../shared/client/call.ts';
import type { Standing } from '../../shared/client/deciding.ts';
import { Fault } from '../../shared/fault.ts';
import { LIMITS } from '../../shared/limits.ts';
import { latestClosing } from '../../shared/time-to-release.ts';
import { DeskElement, FormTrouble } from './desk-element.ts';
import { fromLocalInput, spellTime, toLocalInput } from './times.ts';
import { unlessTyping } from './unless-typing.ts';

/** `<amend-terms>`: another closing time, other headcounts. What is typed stays on the desk until it is proposed. `standing`: what is in force. Fires `proposed` and `left`. */
export class AmendTerms extends DeskElement {
	static override properties: PropertyDeclarations = { standing: { attribute: false } };
	declare standing: Standing;

	protected override render(): TemplateResult {
		const { charter } = this.standing;
		// Of a letter that was opened with less, what stands.
		const latest = new Date(Math.max(latestClosing(charter).getTime(), Date.parse(charter.closesAt)));
		return html`<h3 tabindex="-1">Closing time and headcounts</h3>${this.summary()}
			<form novalidate @submit=${(event: SubmitEvent) => this.propose(event)}>
				<div class="field" ?data-wrong=${this.trouble?.field === 'amend-closes'}><label for="amend-closes">Signing closes</label>
					<p class="hint" id="amend-closes-hint">In your own time zone. Not after ${spellTime(latest.toISOString())}: then come ${charter.lastCallHours} hours of last call, you need ${LIMITS.daysToRelease} days to open the names, check them and release, and the letter is erased on ${spellTime(charter.expiresOn)} if it is not out by then.</p>${this.wrong('amend-closes')}
					<input id="amend-closes" type="datetime-local" aria-describedby="amend-closes-hint" aria-invalid=${this.invalid('amend-closes')} .value=${unlessTyping('amend-closes', this.shown('amend-closes'))} @input=${this.#type} /></div>
				${charter.groups.map(({ name }, i) => this.headcount(name, i))}
				<div class="actions"><button class="button" ?disabled=${this.busy !== ''}>${this.busy === '' ? 'Propose it' : 'Proposing'}</button>
				<button class="link" type="button" @click=${() => this.end('left')}>Leave it as it is</button></div>
			</form>`;
	}

	private headcount(name: string, i: number): TemplateResult {
		const [count, source] = [`amend-count-${i}`, `amend-source-${i}`];
		return html`<fieldset><legend>${name}</legend><div class="columns">
			<div class="field" ?data-wrong=${this.trouble?.field === count}><label for=${count}>How many people work there</label>${this.wrong(count)}
				<input id=${count} inputmode="numeric" aria-invalid=${this.invalid(count)} .value=${live(this.shown(count))} @input=${this.#type} /></div>
			<div class="field" ?data-wrong=${this.trouble?.field === source}><label for=${source}>Where the number comes from</label>${this.wrong(source)}
				<input id=${source} maxlength=${LIMITS.headcountSource} aria-invalid=${this.invalid(source)} .value=${live(this.shown(source))} @input=${this.#type} /></div>
		</div></fieldset>`;
	}

	readonly #type = ({ target }: Event) => {
		if (target instanceof HTMLInputElement) this.desk.typed.set(keyOf(target.id), target.value);
	};

	/** As it was typed, or what is in force. */
	private shown(id: string): string {
		return this.desk.typed.get(keyOf(id)) ?? this.present.get(id) ?? '';
	}

	private value(id: string): string {
		return this.shown(id).trim();
	}

	private get present(): Map<string, string> {
		const { closesAt, groups, headcounts } = this.standing.charter;
		const counted = groups.flatMap(({ id }, i): [string, string][] => {
			const now = headcounts.find((one) => one.group === id);
			return [
				[`amend-count-${i}`, now === undefined ? '' : String(now.count)],
				[`amend-source-${i}`, now?.source ?? ''],
			];
		});
		return new Map([['amend-closes', toLocalInput(closesAt)], ...counted]);
	}

	private end(how: 'proposed' | 'left'): void {
		for (const id of this.present.keys()) this.desk.typed.delete(keyOf(id));
		this.dispatchEvent(new CustomEvent(how));
	}

	private readHeadcounts(groups: Charter['groups']): Headcount[] {
		return groups.flatMap(({ id }, i) => {
			const [count, source] = [this.value(`amend-count-${i}`), this.value(`amend-source-${i}`)];
			if (count === '') return [];
			if (!/^[0-9][0-9,. ]*$/.test(count))
				throw new FormTrouble(`amend-count-${i}`, 'Type a whole number, such as 4,200.');
			if (source === '')
				throw new FormTrouble(`amend-source-${i}`, 'Say where the number comes from, or leave it out.');
			return [{ group: id, count: Number(count.replace(/[,. ]/g, '')), source }];
		});
	}

	private async propose(event: SubmitEvent): Promise<void> {
		event.preventDefault();
		const proposed = await this.run('propose', async () => {
			const { charter } = this.standing;
			const typed = fromLocalInput(this.value('amend-closes'));
			if (typed === null) throw new FormTrouble('amend-closes', 'Say until when people can sign.');
			// The input knows no seconds: a time that nobody touched is not a new one.
			const closesAt = this.value('amend-closes') === toLocalInput(charter.closesAt) ? charter.closesAt : typed;
			const headcounts = this.readHeadcounts(charter.groups);
			const { organizer } = this.desk.unlocked;
			const change = { closesAt, headcounts };
			await this.desk.act((call) => amend(call, organizer, this.standing, change)).catch(atItsInput);
		});
		if (proposed) this.end('proposed');
	}
}

/** Among what is typed on the desk. */
const keyOf = (id: string) => `terms.${id}`;

/** Of the closing time both the charter's own rules and the server have something to say. */
function atItsInput(failure: unknown): never {
	const late = failure instanceof Fault && failure.code === 'charter-dates';
	const past = failure instanceof Refused && failure.field === 'closesAt';
	if (late || past) throw new FormTrouble('amend-closes', failure.message);
	throw failure;
}

customElements.define('amend-terms', AmendTerms);
