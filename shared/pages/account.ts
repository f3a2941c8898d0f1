/** The honest account of a letter's numbers: a picture, the sentence that says the same, and its table. */
import { html } from 'hono/html';
import type { GroupNumbers } from './group-numbers.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import { plural, spell, spellShare } from './numbers.ts';
import type { Html } from './shell.ts';

export function account(view: LetterPageView, frame: LetterFrame): Html {
	const { totals } = view;
	const { signatures, named, anonymous } = totals;
	const share = signatures === 0 ? 0 : Math.round((named / signatures) * 1000);
	const more =
		frame.kind === 'rehearsal' ? '' : html` <a href="numbers.html">What these numbers can and cannot show</a>`;
	return html`<section class="count" aria-label="The numbers">
<p class="tab"><b>${spell(signatures)}</b><span class="quiet">${plural(signatures, 'signature', 'signatures')}</span></p>
<div>
<svg class="bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true"><defs><pattern id="hatch" width="8" height="12" patternUnits="userSpaceOnUse" patternTransform="skewX(-25)" class="hatch"><line x1="0" y1="0" x2="0" y2="12" stroke-width="4"/></pattern></defs>${named > 0 ? html`<rect class="named" width="${share}" height="12"/>` : ''}${anonymous > 0 ? html`<rect class="anonymous" x="${share}" width="${1000 - share}" height="12"/>` : ''}</svg>
<ul class="key tab"><li><svg class="named" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12"/></svg>${spell(named)} by name</li><li><svg class="anonymous" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12"/></svg>${spell(anonymous)} anonymously</li></ul>
<p class="tab quiet account">${sentences(view)}${more}</p>
<details class="small"><summary>The numbers as a table</summary>
${groupTable(view, 'Signatures by group')}</details>
</div></section>
`;
}

/** Signatures of each group, and their share of its headcount. */
export function groupTable(view: LetterPageView, caption: string): Html {
	const row = (name: Html | string, group: Pick<GroupNumbers, 'named' | 'anonymous'>, share: Html | string) => {
		const all = group.named + group.anonymous;
		return html`<tr><th scope="row">${name}</th><td data-name="By name">${spell(group.named)}</td><td data-name="Anonymously">${spell(group.anonymous)}</td><td data-name="Together">${spell(all)}</td><td data-name="Share of headcount">${share}</td></tr>
`;
	};
	return html`<div class="by-group"><table class="tab"><caption>${caption}</caption>
<thead><tr><th scope="col">Group</th><th scope="col">By name</th><th scope="col">Anonymously</th><th scope="col">Together</th><th scope="col">Share of headcount</th></tr></thead>
<tbody>${view.groups.map((group) => row(html`<bdi>${group.name}</bdi>`, group, shareOf(group)))}</tbody>${view.groups.length > 1 ? html`<tfoot>${row('All', view.totals, '')}</tfoot>` : ''}</table></div>
`;
}

function shareOf({ named, anonymous, headcount }: GroupNumbers): Html | string {
	if (headcount === null) return 'not stated';
	const share = spellShare(named + anonymous, headcount.count);
	return html`${share === '' ? '' : `${share} of `}${spell(headcount.count)}<small>Source: <bdi>${headcount.source}</bdi></small>`;
}

function sentences({ groups, totals }: LetterPageView): Html {
	const proofs = spellProofs(groups);
	const counts = groups.flatMap(({ name, named, anonymous, headcount }) => {
		if (headcount === null) return [];
		const all = named + anonymous;
		const share = spellShare(all, headcount.count);
		return [
			html`<bdi>${name}</bdi>: ${spell(all)} of about ${spell(headcount.count)}${share === '' ? '' : ` (${share})`}. `,
		];
	});
	const struck = sum(groups, struckOf);
	const lapsed = sum(groups, (group) => group.lapsed);
	return html`${proofs === '' ? '' : `The host says that ${proofs} proven. `}${counts}${struck > 0 ? `Struck by the organizers: ${spell(struck)}. ` : ''}${lapsed > 0 ? `Lapsed: ${spell(lapsed)}. ` : ''}${totals.withdrawn > 0 ? `Withdrawn since the list was approved: ${spell(totals.withdrawn)}. ` : ''}`;
}

/** "1,186 company mailboxes, 40 codes sent by roster and 18 vouchers were"; empty where nothing was proven. */
export function spellProofs(groups: readonly GroupNumbers[]): string {
	const parts = (
		[
			['mailbox', 'company mailbox', 'company mailboxes'],
			['roster', 'roster code', 'roster codes'],
			['voucher', 'voucher', 'vouchers'],
		] as const
	).flatMap(([kind, one, many]) => {
		const count = sum(groups, (group) => group.credentials[kind]);
		return count === 0 ? [] : [{ count, said: `${spell(count)} ${plural(count, one, many)}` }];
	});
	const [only] = parts;
	if (only === undefined) return '';
	const verb = parts.length === 1 && only.count === 1 ? 'was' : 'were';
	const list = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts.map(({ said }) => said));
	return `${list} ${verb}`;
}

/** Before the organizers approved the list, and after. */
export const struckOf = (group: GroupNumbers): number =>
	group.struckAfter + group.struck.reduce((all, one) => all + one.count, 0);

export const sum = (groups: readonly GroupNumbers[], of: (group: GroupNumbers) => number): number =>
	groups.reduce((all, group) => all + of(group), 0);
