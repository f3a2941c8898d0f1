/** The honest account of a letter's numbers: a picture, the sentence that says the same, and its table. */
import type { GroupNumbers } from './group-numbers.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import { languageNow, spell } from './numbers.ts';
import { signaturesWord, spellShare } from './said-numbers.ts';
import type { Html } from './shell.ts';
import { html, msg, str } from './words.ts';

export function account(view: LetterPageView, frame: LetterFrame): Html {
	const { totals } = view;
	const { signatures, named, anonymous } = totals;
	const share = signatures === 0 ? 0 : Math.round((named / signatures) * 1000);
	const more =
		frame.kind === 'rehearsal'
			? ''
			: html` <a href="numbers.html">${msg('What these numbers can and cannot show')}</a>`;
	return html`<section class="count" aria-label="${msg('The numbers')}">
<p class="tab"><b>${spell(signatures)}</b><span class="quiet">${signaturesWord(signatures)}</span></p>
<div>
<svg class="bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true"><defs><pattern id="hatch" width="8" height="12" patternUnits="userSpaceOnUse" patternTransform="skewX(-25)" class="hatch"><line x1="0" y1="0" x2="0" y2="12" stroke-width="4"/></pattern></defs>${named > 0 ? html`<rect class="named" width="${share}" height="12"/>` : ''}${anonymous > 0 ? html`<rect class="anonymous" x="${share}" width="${1000 - share}" height="12"/>` : ''}</svg>
<ul class="key tab"><li><svg class="named" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12"/></svg>${msg(str`${spell(named)} by name`)}</li><li><svg class="anonymous" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12"/></svg>${msg(str`${spell(anonymous)} anonymously`)}</li></ul>
<p class="tab quiet account">${sentences(view)}${more}</p>
<details class="small"><summary>${msg('The numbers as a table')}</summary>
${groupTable(view, msg('Signatures by group'))}</details>
</div></section>
`;
}

/** Signatures of each group, and their share of its headcount. */
export function groupTable(view: LetterPageView, caption: string): Html {
	const [byName, anonymously, together] = [msg('By name'), msg('Anonymously'), msg('Together')];
	const ofAll = msg('Share of headcount');
	const row = (name: Html | string, group: Pick<GroupNumbers, 'named' | 'anonymous'>, share: Html | string) => {
		const all = group.named + group.anonymous;
		return html`<tr><th scope="row">${name}</th><td data-name="${byName}">${spell(group.named)}</td><td data-name="${anonymously}">${spell(group.anonymous)}</td><td data-name="${together}">${spell(all)}</td><td data-name="${ofAll}">${share}</td></tr>
`;
	};
	return html`<div class="by-group"><table class="tab"><caption>${caption}</caption>
<thead><tr><th scope="col">${msg('Group')}</th><th scope="col">${byName}</th><th scope="col">${anonymously}</th><th scope="col">${together}</th><th scope="col">${ofAll}</th></tr></thead>
<tbody>${view.groups.map((group) => row(html`<bdi>${group.name}</bdi>`, group, shareOf(group)))}</tbody>${view.groups.length > 1 ? html`<tfoot>${row(msg('All'), view.totals, '')}</tfoot>` : ''}</table></div>
`;
}

function shareOf({ named, anonymous, headcount }: GroupNumbers): Html | string {
	if (headcount === null) return msg('not stated');
	const share = spellShare(named + anonymous, headcount.count);
	const all = spell(headcount.count);
	return html`${share === '' ? all : msg(str`${share} of ${all}`)}<small>${msg(html`Source: <bdi>${headcount.source}</bdi>`)}</small>`;
}

function sentences({ groups, totals, restored }: LetterPageView): Html {
	const struck = sum(groups, struckOf);
	const lapsed = sum(groups, (group) => group.lapsed);
	const { withdrawn } = totals;
	const said = [
		proofsSentence(groups),
		restored ? restoredSentence() : '',
		...groups.map(ofHeadcount),
		struck > 0 ? msg(str`Struck by the organizers: ${spell(struck)}.`) : '',
		lapsed > 0 ? msg(str`Lapsed: ${spell(lapsed)}.`) : '',
		withdrawn > 0 ? msg(str`Withdrawn since the list was approved: ${spell(withdrawn)}.`) : '',
	];
	return html`${said.map((one) => (one === '' ? '' : html`${one} `))}`;
}

function ofHeadcount({ name, named, anonymous, headcount }: GroupNumbers): Html | string {
	if (headcount === null) return '';
	const share = spellShare(named + anonymous, headcount.count);
	const [part, whole] = [spell(named + anonymous), spell(headcount.count)];
	return share === ''
		? msg(html`<bdi>${name}</bdi>: ${part} of about ${whole}.`)
		: msg(html`<bdi>${name}</bdi>: ${part} of about ${whole} (${share}).`);
}

/** "The host says that 1,186 company mailboxes, 40 roster codes and 18 vouchers were proven."; empty where nothing was proven. */
export function proofsSentence(groups: readonly GroupNumbers[]): string {
	const count = (kind: 'mailbox' | 'roster' | 'voucher') => sum(groups, (group) => group.credentials[kind]);
	const [mailboxes, codes, vouchers] = [count('mailbox'), count('roster'), count('voucher')];
	const all = mailboxes + codes + vouchers;
	if (all === 0) return '';
	const parts = [
		mailboxes === 1 ? msg('1 company mailbox') : mailboxes > 0 && msg(str`${spell(mailboxes)} company mailboxes`),
		codes === 1 ? msg('1 roster code') : codes > 0 && msg(str`${spell(codes)} roster codes`),
		vouchers === 1 ? msg('1 voucher') : vouchers > 0 && msg(str`${spell(vouchers)} vouchers`),
	].filter((part) => part !== false);
	const list = new Intl.ListFormat(languageNow(), { type: 'conjunction' }).format(parts);
	return all === 1
		? msg(str`The host says that ${list} was proven.`)
		: msg(str`The host says that ${list} were proven.`);
}

/** Wherever the numbers stand without their page: what is cut out and passed on says it, too. */
export const restoredSentence = (): string =>
	msg('The host restored its records from a copy while people signed, so somebody may be counted twice.');

/** Before the organizers approved the list, and after. */
export const struckOf = (group: GroupNumbers): number =>
	group.struckAfter + group.struck.reduce((all, one) => all + one.count, 0);

export const sum = (groups: readonly GroupNumbers[], of: (group: GroupNumbers) => number): number =>
	groups.reduce((all, group) => all + of(group), 0);
