import { html, nothing, type TemplateResult } from 'lit';
import type { TakeDownView } from '../../shared/api/take-down.ts';

const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const spellDay = (day: string): string => days.format(new Date(day));

/** The one that stands. */
export const standingTakeDown = (takeDowns: readonly TakeDownView[]): TakeDownView | null =>
	takeDowns.find(({ putBackOn }) => putBackOn === null) ?? null;

/** The host tells organizers here, and nowhere else: nobody knows an address of theirs. */
export function takenDownNote(takeDowns: readonly TakeDownView[]): TemplateResult | typeof nothing {
	const down = standingTakeDown(takeDowns);
	const before = takeDowns.filter((one) => one !== down);
	if (takeDowns.length === 0) return nothing;
	return html`${
		down === null
			? nothing
			: html`<div class="note" role="status">
				<p><b>Whoever runs this server took the letter down on ${spellDay(down.day)}</b>, ${why(down)}. Everybody who opens its address is told so, and that copies may exist elsewhere. Mails to addressees that had not gone out wait.</p>
				<p>It can stand elsewhere: take the whole folder, and put it on any other web server or hand it to somebody who runs one. It recounts there as it did here. Take it soon: this server can be made to erase it as well.</p>
				<p>People who signed can still take their names off here. Take the folder again from time to time, so that your copy follows.</p>
			</div>`
	}${before.map(
		(one) =>
			html`<p class="quiet small">Whoever runs this server had taken the letter down on ${spellDay(one.day)}, ${why(one)}, and showed it again on ${spellDay(one.putBackOn ?? one.day)}.</p>`,
	)}`;
}

function why({ ordered, authority }: TakeDownView): TemplateResult | string {
	if (!ordered) return 'by a decision of their own';
	return authority === null ? 'because of a legal demand' : html`because of a legal demand by <bdi>${authority}</bdi>`;
}
