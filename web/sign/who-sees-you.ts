/** Under each of the two ways to appear: who will see what, and how anonymous one is in a small group. Said before anybody chooses. */
import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { LetterFit, Proofs } from '../../shared/letter-fit.ts';
import { language } from './language.ts';

export function whoSeesName(proofs: Proofs): string {
	switch (proofs) {
		case 'mailbox':
			return msg(
				'First the organizers see your name, title and work address, when they check the list together. Then invited journalists see name and title. At the release, everybody does.',
			);
		case 'voucher':
			return msg(
				'First the organizers see your name and title, when they check the list together. Then invited journalists see them. At the release, everybody does.',
			);
		case 'either':
			return msg(
				'First the organizers see your name and title, when they check the list together, and your work address if you prove with it. Then invited journalists see name and title. At the release, everybody does.',
			);
	}
}

export function whatAnonymousMeans(proofs: Proofs): string {
	switch (proofs) {
		case 'mailbox':
			return msg(
				'You are counted as someone who works there. We never ask your name, and what we keep does not match a mailbox to a signature.',
			);
		case 'voucher':
			return msg(
				'You are counted as someone of your group. We never ask your name, and what we keep does not match a voucher to a signature.',
			);
		case 'either':
			return msg(
				'You are counted as someone of your group. We never ask your name, and what we keep matches neither a mailbox nor a voucher to a signature.',
			);
	}
}

/** @param enough ids of groups in which, by the last count, so many sign anonymously that they are listed */
export function howAnonymous({ groups, smallestCell, proofs }: LetterFit, enough: readonly string[]): TemplateResult {
	const spell = (count: number) => count.toLocaleString(language());
	return html`<p>${msg(str`If fewer than ${spell(smallestCell)} from a group sign anonymously, they could be guessed, so none of them is listed.`)} ${soFar(groups, enough)}</p>
<p>${whatNumbersTell(proofs)}</p>
${groups.map(({ name, people, anonymity }) =>
	people === null || anonymity === 'usual'
		? nothing
		: anonymity === 'none'
			? html`<p>${msg(html`<b>By the organizers’ numbers, at most ${spell(people)} can sign from <bdi>${name}</bdi>:</b> nobody from there can be listed anonymously.`)}</p>`
			: html`<p>${msg(html`<b>By the organizers’ numbers, at most ${spell(people)} can sign from <bdi>${name}</bdi>:</b> whoever is listed anonymously from there might be guessed even so.`)}</p>`,
)}`;
}

/** Of those not listed, too: how many lapsed is a number of the release. */
function whatNumbersTell(proofs: Proofs): string {
	if (proofs === 'voucher') {
		return msg(
			'How many vouchers each group used, and how many of its signatures lapsed, is published exactly. Where every voucher was used to sign, whoever handed them out can tell.',
		);
	}
	const mails = msg(
		'How many of each group proved, and how many of its signatures lapsed, is published exactly. Where nearly everybody who got a mail signed, that and your employer’s mail log together can tell who did.',
	);
	return proofs === 'mailbox'
		? mails
		: `${mails} ${msg('With vouchers it is the same: where every voucher was used to sign, whoever handed them out can tell.')}`;
}

function soFar(groups: LetterFit['groups'], enough: readonly string[]): TemplateResult | string | typeof nothing {
	const possible = groups.filter(({ anonymity }) => anonymity !== 'none');
	if (possible.length === 0) return nothing;
	const there = possible.filter(({ id }) => enough.includes(id));
	if (there.length === 0) return msg('Whether enough will cannot be told yet.');
	if (there.length === groups.length) return msg('By the last count, enough do.');
	const names = there.map(({ name }, i) => html`${i > 0 ? ', ' : ''}<bdi>${name}</bdi>`);
	return msg(html`By the last count, enough do from: ${names}.`);
}
