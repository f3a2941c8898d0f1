/** The published letter: one page that reads, searches and prints without JavaScript. Pure: a view in, a document out. */
import { html, raw } from 'hono/html';
import { shownFingerprint } from '../charter.ts';
import { renderMarkdown, renderReferences } from '../markdown.ts';
import type { GroupNumbers, LetterPageView } from './letter-view.ts';
import { plural, spell, spellMoment } from './numbers.ts';
import { joinNames } from './people.ts';
import { brokenSeal } from './seal.ts';

/** What stands around the view: hashed style sheets from the build, and the files beside the page. */
export type LetterPageFrame = {
	/** Addresses of style sheets. */
	styles: readonly string[];
	/** Null in a rehearsal, where there are none yet. */
	links: { release: string; jws: string; recount: string } | null;
};

export function letterPage(view: LetterPageView, frame: LetterPageFrame): string {
	const { document, totals } = view;
	return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.title}</title>
<meta name="description" content="An open letter${document.addressees === '' ? '' : html` to ${document.addressees}`}, with ${spell(totals.signatures)} ${plural(totals.signatures, 'signature', 'signatures')}.">
${frame.styles.map((style) => html`<link rel="stylesheet" href="${style}">\n`)}</head>
<body>
<a class="skip" href="#signatories">Go to the signatories</a>
<nav class="top" aria-label="About this page"><span>${view.rehearsal ? 'To be released' : 'Released'} <time datetime="${view.releasedAt}">${spellMoment(view.releasedAt)}</time></span></nav>
<main class="letter"><article class="sheet">
${header(view)}
<div class="body" lang="${document.language}" dir="auto">${raw(renderMarkdown(document.text, document.references))}</div>
${raw(renderReferences(document.references))}
<p class="press"><b>For the press:</b> <bdi>${view.press}</bdi></p>
${account(view)}
${signatories(view)}
${footer(view, frame.links)}
</article></main>
</body>
</html>
`);
}

function header(view: LetterPageView) {
	const groups = view.groups.filter((group) => group.named + group.anonymous > 0).map((group) => group.name);
	return html`<header class="head"><div>
<p class="kicker">An open letter${groups.length === 0 ? '' : html`, signed by people of ${joinNames(groups)}`}</p>
<h1 lang="${view.document.language}" dir="auto">${view.document.title}</h1>
${view.document.addressees === '' ? '' : html`<p class="to">To <bdi lang="${view.document.language}">${view.document.addressees}</bdi></p>`}
</div>${brokenSeal()}</header>`;
}

function account(view: LetterPageView) {
	const { totals } = view;
	const share = totals.signatures === 0 ? 0 : (totals.named / totals.signatures) * 1000;
	return html`<section class="count" aria-label="The numbers">
<p class="tab"><b>${spell(totals.signatures)}</b><span class="quiet">${plural(totals.signatures, 'signature', 'signatures')}</span></p>
<div>
<svg class="bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true"><defs><pattern id="hatch" width="8" height="12" patternUnits="userSpaceOnUse" patternTransform="skewX(-25)" class="hatch"><line x1="0" y1="0" x2="0" y2="12" stroke-width="4"/></pattern></defs><rect class="named" width="${share}" height="12"/><rect class="anonymous" x="${share}" width="${1000 - share}" height="12"/></svg>
<ul class="key tab"><li><svg class="named" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12"/></svg>${spell(totals.named)} by name</li><li><svg class="anonymous" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12"/></svg>${spell(totals.anonymous)} anonymously</li></ul>
<p class="tab quiet account">${sentences(view)} <a href="#numbers">What these numbers can and cannot show</a></p>
</div></section>`;
}

function sentences(view: LetterPageView): string {
	const struck = sum(view.groups, struckOf);
	const mailboxes = sum(view.groups, (group) => group.credentials.mailbox);
	const vouchers = sum(view.groups, (group) => group.credentials.voucher + group.credentials.roster);
	const said = [
		`The host says that ${spell(mailboxes)} company ${plural(mailboxes, 'mailbox', 'mailboxes')} and ${spell(vouchers)} ${plural(vouchers, 'voucher', 'vouchers')} were proven.`,
	];
	for (const group of view.groups)
		if (group.headcount !== null)
			said.push(`${group.name}: ${spell(group.named + group.anonymous)} of about ${spell(group.headcount.count)}.`);
	if (struck > 0) said.push(`Struck by the organizers: ${spell(struck)}.`);
	if (view.totals.withdrawn > 0) said.push(`Withdrawn since the list was approved: ${spell(view.totals.withdrawn)}.`);
	return said.join(' ');
}

function signatories(view: LetterPageView) {
	const { totals } = view;
	return html`<section class="signatories" id="signatories">
<h2>Signatories</h2>
${
	view.named.length === 0
		? html`<p class="quiet">Nobody signed by name.</p>`
		: html`<p class="small quiet">Titles are as their signers wrote them. Each signature has a number in the release file.</p>
<ul class="names">${view.named.map(
				(one) =>
					html`<li id="n${one.number}"><bdi>${one.name}</bdi><em>${one.title === '' ? '' : html`<bdi>${one.title}</bdi>, `}<bdi>${one.group}</bdi></em></li>\n`,
			)}</ul>`
}
${
	totals.anonymous === 0
		? ''
		: html`<h2>${view.named.length === 0 ? '' : 'And '}${spell(totals.anonymous)} ${plural(totals.anonymous, 'colleague who signs', 'colleagues who sign')} anonymously</h2>
<ul class="anonymous-list tab">${view.anonymous.map(
				(cell) =>
					html`<li><span>${cell.label === null ? html`People of <bdi>${cell.group}</bdi>` : html`<bdi>${cell.label}</bdi>, <bdi>${cell.group}</bdi>`}</span><b>${spell(cell.count)}</b></li>\n`,
			)}</ul>`
}
</section>`;
}

function footer(view: LetterPageView, links: LetterPageFrame['links']) {
	return html`<section id="numbers" aria-labelledby="numbers-heading">
<h2 id="numbers-heading">What these numbers can and cannot show</h2>
<div class="by-group" tabindex="0" role="region" aria-label="The numbers by group"><table class="tab">
<thead><tr><th scope="col">Group</th><th scope="col">By name</th><th scope="col">Anonymous</th><th scope="col">Proofs</th><th scope="col">Struck</th><th scope="col">Lapsed</th><th scope="col">Withdrawn</th><th scope="col">Headcount</th></tr></thead>
<tbody>${view.groups.map(groupRow)}</tbody></table></div>
<p>Anyone can check that each signature was made with a proof of its group, that each proof is used once, that no text, name or number was altered, and that the organizers approved exactly this release.
No file can show that the host gave one proof to each mailbox, that each mailbox is another person, or that nobody was left out. Signers can check that they are in it. Compare with the headcount, and call people.</p>
</section>
<div class="foot"><section><h2>For the press and the record</h2>${
		links === null
			? html`<p class="quiet">The files stand here once the letter is released.</p>`
			: html`<ul><li><a href="${links.release}" download>Release file</a></li><li><a href="${links.jws}" download>The host’s seal on it</a></li></ul>`
	}</section>
<section><h2>Do not take our word for it</h2><p class="quiet">${
		links === null
			? 'Every signature can be recounted, in the browser or offline.'
			: html`<a href="${links.recount}">Recount every signature in your browser</a>, or offline.`
	} Fingerprint of the letter:</p><p class="fingerprint">${shownFingerprint(view.fingerprint)}</p></section></div>`;
}

function groupRow(group: GroupNumbers) {
	const proofs = group.credentials.mailbox + group.credentials.roster + group.credentials.voucher;
	return html`<tr><th scope="row">${group.name}</th><td data-name="By name">${spell(group.named)}</td><td data-name="Anonymous">${spell(group.anonymous)}</td><td data-name="Proofs">${spell(proofs)}</td><td data-name="Struck">${spell(struckOf(group))}</td><td data-name="Lapsed">${spell(group.lapsed)}</td><td data-name="Withdrawn">${spell(group.withdrawn)}</td><td data-name="Headcount">${
		group.headcount === null ? 'not stated' : `${spell(group.headcount.count)} (${group.headcount.source})`
	}</td></tr>\n`;
}

const struckOf = (group: GroupNumbers) => group.struckAfter + group.struck.reduce((all, one) => all + one.count, 0);

const sum = (groups: GroupNumbers[], of: (group: GroupNumbers) => number) =>
	groups.reduce((all, group) => all + of(group), 0);
