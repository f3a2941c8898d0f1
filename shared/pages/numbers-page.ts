/** What the numbers of a letter can and cannot show, and all of them. */
import type { StrikeReason } from '../entry.ts';
import { groupTable, struckOf, sum } from './account.ts';
import type { GroupNumbers } from './group-numbers.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import { spell } from './numbers.ts';
import type { Html } from './shell.ts';
import { sidePage } from './side-page.ts';
import { html, msg, str } from './words.ts';

const REASONS: Record<StrikeReason, () => string> = {
	'not-a-person': () => msg('Struck: not a person'),
	'not-this-person': () => msg('Struck: not by the person named'),
	twice: () => msg('Struck: the same person twice'),
	addressee: () => msg('Struck: an addressee of the letter'),
	asked: () => msg('Struck: the signer asked for it'),
	other: () => msg('Struck: another reason'),
};

export function numbersPage(view: LetterPageView, frame: LetterFrame): string {
	return sidePage(view, frame, () => ({
		title: msg('The numbers'),
		path: 'numbers.html',
		body: html`<h1>${msg('What these numbers can and cannot show')}</h1>
${numbersInFull(view)}`,
	}));
}

/** Also on the page for paper. */
export function numbersInFull(view: LetterPageView): Html {
	return html`<h2>${msg('Who signed')}</h2>
${groupTable(view, msg('Signatures that stand in this letter'))}
<p>${msg(str`Headcounts are the organizers’ own, from the sources that they name. They may count others than could sign. Anonymous signatures are shown by group and label only where at least ${spell(view.smallestCell)} are alike: fewer are counted together, and a group with fewer than that shows none. Whoever withdraws later can make such a count smaller.`)}</p>
<h2>${msg('How they were proven')}</h2>
${proofs(view)}
<p>${msg('A mailbox is proven by a code or a link that was mailed to it. A roster code was mailed to an address on a list of staff. A voucher was handed over by an organizer, and no mailbox stands behind it. Each can be used for one signature. The organizers saw the proven mailbox beside each name before they approved the list; of an anonymous signature, nothing that is kept says which mailbox stands behind it. Proofs can be more than signatures: not everybody who proved a mailbox signed, and some have withdrawn.')}</p>
<h2>${msg('What was left out')}</h2>
${leftOut(view)}
<p>${msg('Organizers strike a signature before they approve the list, or together after the release. Lapsed are those whose own condition was not met, that were signed under an earlier text, that could not be opened, or that were too few in their group to stay anonymous. A signature that is withdrawn after the list was approved vanishes with its name, and its number stays empty.')}</p>
<h2>${msg('What anybody can check')}</h2>
<ul><li>${msg('Each signature was made with a proof of its group, and no proof is used twice.')}</li>
<li>${msg('Each was made under exactly this text, and no name, title or number was altered since.')}</li>
<li>${msg('The counts of signatures by name, anonymous and withdrawn are those in the release file.')}</li>
<li>${msg('The organizers approved exactly this release.')}</li></ul>
<h2>${msg('What is only said')}</h2>
<ul><li>${msg('By the host: how many mailboxes, roster codes and vouchers were proven.')}</li>
<li>${msg('By the organizers: how many they struck and why, how many lapsed, and the headcounts.')}</li></ul>
<h2>${msg('What nobody can show')}</h2>
<ul><li>${msg('That the host gave one proof to each mailbox and none besides, and that each mailbox is another person. Some people have several.')}</li>
<li>${msg('That whoever read a mailbox is whom it belongs to.')}</li>
<li>${msg('That nobody was left out. Signers can check that they are in it.')}</li>
<li>${msg('That the organizers approved no other release.')}</li>
<li>${msg('That a page, a PDF or a table beside the release file says the same, and that a copy is the newest. Look names up in the newest file itself.')}</li></ul>
<p>${msg('Compare with the headcount, and call people.')}</p>
`;
}

function proofs({ groups, restored }: LetterPageView): Html {
	const heads = [msg('Company mailboxes'), msg('Roster codes'), msg('Vouchers'), msg('Together')];
	const cells = ({ mailbox, roster, voucher }: GroupNumbers['credentials']) =>
		[mailbox, roster, voucher, mailbox + roster + voucher].map(
			(count, at) => html`<td data-name="${heads[at]}">${spell(count)}</td>`,
		);
	const all = {
		mailbox: sum(groups, (group) => group.credentials.mailbox),
		roster: sum(groups, (group) => group.credentials.roster),
		voucher: sum(groups, (group) => group.credentials.voucher),
	};
	return html`<div class="by-group"><table class="tab"><caption>${msg('Proofs, as the host states them')}</caption>
<thead><tr><th scope="col">${msg('Group')}</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${groups.map(({ name, domains, credentials }) => html`<tr><th scope="row"><bdi>${name}</bdi>${domains.length === 0 ? '' : html`<small>${domains.join(', ')}</small>`}</th>${cells(credentials)}</tr>\n`)}</tbody>${groups.length > 1 ? html`<tfoot><tr><th scope="row">${msg('All')}</th>${cells(all)}</tr></tfoot>` : ''}</table></div>${
		restored
			? html`
<p>${msg('The host restored its records from a copy while people signed. Whoever had proved after that copy could prove again, so somebody may be counted twice.')}</p>`
			: ''
	}`;
}

/** Only reasons that occur: a table of zeros says less. */
function leftOut({ groups, totals }: LetterPageView): Html {
	const rows: [string, (group: GroupNumbers) => number][] = [
		...Object.entries(REASONS).map(([reason, said]): [string, (group: GroupNumbers) => number] => [
			said(),
			(group) => countOf(group.struck, reason) + countOf(group.struckSince, reason),
		]),
		[msg('Lapsed'), (group) => group.lapsed],
		[msg('Withdrawn since the list was approved'), (group) => group.withdrawn],
	];
	const shown = rows.filter(([, of]) => sum(groups, of) > 0);
	if (shown.length === 0)
		return html`<p>${msg('Nothing was struck, nothing lapsed, and nobody has withdrawn since the organizers approved the list.')}</p>`;
	const after = totals.struckAfter;
	const all = spell(sum(groups, (group) => struckOf(group) + group.lapsed + group.withdrawn));
	const caption =
		after > 0
			? msg(str`Struck, lapsed and withdrawn: ${all}, of which ${spell(after)} were struck after the release`)
			: msg(str`Struck, lapsed and withdrawn: ${all}`);
	return html`<div class="by-group"><table class="tab"><caption>${caption}</caption>
<thead><tr><th scope="col">${msg('Why')}</th>${groups.map(({ name }) => html`<th scope="col"><bdi>${name}</bdi></th>`)}</tr></thead>
<tbody>${shown.map(([why, of]) => html`<tr><th scope="row">${why}</th>${groups.map((group) => html`<td data-name="${group.name}">${spell(of(group))}</td>`)}</tr>\n`)}</tbody></table></div>`;
}

const countOf = (struck: GroupNumbers['struck'], reason: string): number =>
	struck.find((one) => one.reason === reason)?.count ?? 0;
