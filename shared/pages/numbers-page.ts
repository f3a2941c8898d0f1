/** What the numbers of a letter can and cannot show, and all of them. */
import { html } from 'hono/html';
import type { StrikeReason } from '../entry.ts';
import { groupTable, struckOf, sum } from './account.ts';
import type { GroupNumbers } from './group-numbers.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import { spell } from './numbers.ts';
import type { Html } from './shell.ts';
import { sidePage } from './side-page.ts';

const REASONS: Record<StrikeReason, string> = {
	'not-a-person': 'Not a person',
	'not-this-person': 'Not by the person named',
	twice: 'The same person twice',
	addressee: 'An addressee of the letter',
	asked: 'The signer asked for it',
	other: 'Another reason',
};

export function numbersPage(view: LetterPageView, frame: LetterFrame): string {
	const head = { title: 'The numbers', path: 'numbers.html' };
	return sidePage(
		view,
		frame,
		head,
		html`<h1>What these numbers can and cannot show</h1>
${numbersInFull(view)}`,
	);
}

/** Also on the page for paper. */
export function numbersInFull(view: LetterPageView): Html {
	return html`<h2>Who signed</h2>
${groupTable(view, 'Signatures that stand in this letter')}
<p>Headcounts are the organizers’ own, from the sources that they name. They may count others than could sign. Anonymous signatures are shown by group and label only where at least ${spell(view.smallestCell)} are alike: fewer are counted together, and a group with fewer than that shows none. Whoever withdraws later can make such a count smaller.</p>
<h2>How they were proven</h2>
${proofs(view)}
<p>A mailbox is proven by a code or a link that was mailed to it. A roster code was mailed to an address on a list of staff. A voucher was handed over by an organizer, and no mailbox stands behind it. Each can be used for one signature. The organizers saw the proven mailbox beside each name before they approved the list; of an anonymous signature, nothing that is kept says which mailbox stands behind it. Proofs can be more than signatures: not everybody who proved a mailbox signed, and some have withdrawn.</p>
<h2>What was left out</h2>
${leftOut(view)}
<p>Organizers strike a signature before they approve the list, or together after the release. Lapsed are those whose own condition was not met, that were signed under an earlier text, that could not be opened, or that were too few in their group to stay anonymous. A signature that is withdrawn after the list was approved vanishes with its name, and its number stays empty.</p>
<h2>What anybody can check</h2>
<ul><li>Each signature was made with a proof of its group, and no proof is used twice.</li>
<li>Each was made under exactly this text, and no name, title or number was altered since.</li>
<li>The counts of signatures by name, anonymous and withdrawn are those in the release file.</li>
<li>The organizers approved exactly this release.</li></ul>
<h2>What is only said</h2>
<ul><li>By the host: how many mailboxes, roster codes and vouchers were proven.</li>
<li>By the organizers: how many they struck and why, how many lapsed, and the headcounts.</li></ul>
<h2>What nobody can show</h2>
<ul><li>That the host gave one proof to each mailbox and none besides, and that each mailbox is another person. Some people have several.</li>
<li>That whoever read a mailbox is whom it belongs to.</li>
<li>That nobody was left out. Signers can check that they are in it.</li>
<li>That the organizers approved no other release.</li></ul>
<p>Compare with the headcount, and call people.</p>
`;
}

function proofs({ groups }: LetterPageView): Html {
	const cells = ({ mailbox, roster, voucher }: GroupNumbers['credentials']) => {
		const all = mailbox + roster + voucher;
		return html`<td data-name="Company mailboxes">${spell(mailbox)}</td><td data-name="Roster codes">${spell(roster)}</td><td data-name="Vouchers">${spell(voucher)}</td><td data-name="Together">${spell(all)}</td>`;
	};
	const all = {
		mailbox: sum(groups, (group) => group.credentials.mailbox),
		roster: sum(groups, (group) => group.credentials.roster),
		voucher: sum(groups, (group) => group.credentials.voucher),
	};
	return html`<div class="by-group"><table class="tab"><caption>Proofs, as the host states them</caption>
<thead><tr><th scope="col">Group</th><th scope="col">Company mailboxes</th><th scope="col">Roster codes</th><th scope="col">Vouchers</th><th scope="col">Together</th></tr></thead>
<tbody>${groups.map(({ name, domains, credentials }) => html`<tr><th scope="row"><bdi>${name}</bdi>${domains.length === 0 ? '' : html`<small>${domains.join(', ')}</small>`}</th>${cells(credentials)}</tr>\n`)}</tbody>${groups.length > 1 ? html`<tfoot><tr><th scope="row">All</th>${cells(all)}</tr></tfoot>` : ''}</table></div>`;
}

/** Only reasons that occur: a table of zeros says less. */
function leftOut({ groups, totals }: LetterPageView): Html {
	const rows: [string, (group: GroupNumbers) => number][] = [
		...Object.entries(REASONS).map(([reason, said]): [string, (group: GroupNumbers) => number] => [
			`Struck: ${said.charAt(0).toLowerCase()}${said.slice(1)}`,
			(group) => countOf(group.struck, reason) + countOf(group.struckSince, reason),
		]),
		['Lapsed', (group) => group.lapsed],
		['Withdrawn since the list was approved', (group) => group.withdrawn],
	];
	const shown = rows.filter(([, of]) => sum(groups, of) > 0);
	if (shown.length === 0)
		return html`<p>Nothing was struck, nothing lapsed, and nobody has withdrawn since the organizers approved the list.</p>`;
	const after = totals.struckAfter;
	return html`<div class="by-group"><table class="tab"><caption>Struck, lapsed and withdrawn: ${spell(sum(groups, (group) => struckOf(group) + group.lapsed + group.withdrawn))}${after > 0 ? `, of which ${spell(after)} were struck after the release` : ''}</caption>
<thead><tr><th scope="col">Why</th>${groups.map(({ name }) => html`<th scope="col"><bdi>${name}</bdi></th>`)}</tr></thead>
<tbody>${shown.map(([why, of]) => html`<tr><th scope="row">${why}</th>${groups.map((group) => html`<td data-name="${group.name}">${spell(of(group))}</td>`)}</tr>\n`)}</tbody></table></div>`;
}

const countOf = (struck: GroupNumbers['struck'], reason: string): number =>
	struck.find((one) => one.reason === reason)?.count ?? 0;
