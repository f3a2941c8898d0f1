/** What to ask oneself before signing, fitted to the letter at hand. Asked, never looked up: nothing here knows the reader's device or network. */
import type { LetterFit, Proofs } from '../letter-fit.ts';
import { listedNames } from './listed-names.ts';
import { spell } from './numbers.ts';
import type { Html } from './shell.ts';
import { html, msg, str } from './words.ts';

/** @param link of the letter, for the page behind it: its root stays in the reader's address bar, and never comes from here */
export function beforeYouSign(fit: LetterFit, link: string): Html {
	return html`<div class="note"><h2>${msg('Before you sign')}</h2>
<p>${msg(html`<b>Are this device and this network your own?</b> A company’s phone, laptop, Wi-Fi or VPN can record what you read and type. If it is one, stop, and open the link on your own. We do not check that: only you can.`)}</p>
<p>${msg(html`<b>Do you know the organizers, ${organizerNames(fit)}?</b> If not, do you trust whoever gave you this link? They are the ones who will read the names.`)}</p>
<p>${theLaw(fit)}</p>
<p>${whatIsSeen(fit.proofs)}</p>
${smallGroups(fit)}
<p><a class="link" href="/l/${link}/safety">${msg('What this protects, and what it cannot')}</a><br>
<a class="link" href="/questioned">${msg('If you are asked at work')}</a></p></div>`;
}

const theLaw = ({ advice }: LetterFit): Html =>
	advice === ''
		? msg(
				html`<b>The law may not protect you.</b> That depends on where you live and what the letter says. The organizers name nobody to ask: try a union or a lawyer.`,
			)
		: msg(
				html`<b>The law may not protect you.</b> That depends on where you live and what the letter says. You can ask: <bdi>${advice}</bdi>`,
			);

function whatIsSeen(proofs: Proofs): Html {
	switch (proofs) {
		case 'mailbox':
			return msg(
				html`<b>Your employer’s mail log</b> will show that a code was sent to you. Alone it does not show whether you signed. The letter will say how many of each group proved: where nearly everybody who got a mail signed, the two together can tell.`,
			);
		case 'voucher':
			return html`${msg(
				html`<b>No mail is sent to you.</b> Whoever gave you the voucher can find out whether it was used, and not what it signed.`,
			)} ${whatVouchersTell()}`;
		case 'either':
			return html`${msg(
				html`<b>Your employer’s mail log</b> will show that a code was sent to you. Alone it does not show whether you signed. The letter will say how many of each group proved: where nearly everybody who got a mail signed, the two together can tell. With a voucher no mail is sent.`,
			)} ${whatVouchersTell()}`;
	}
}

const whatVouchersTell = (): string =>
	msg(
		'The letter will say how many vouchers each group used, and how many of its signatures lapsed: where every voucher was used to sign, whoever handed them out can tell.',
	);

function smallGroups({ groups }: LetterFit): Html | '' {
	const small = groups.filter(({ anonymity }) => anonymity !== 'usual').map(({ name }) => name);
	if (small.length === 0) return '';
	return html`<p>${msg(html`<b>Is your group small?</b> Few can sign from ${listedNames(small)}, by what the organizers say. Whoever signs anonymously there might be guessed, or not be listed at all.`)}</p>`;
}

/** "R., K. and 3 others": four at most by name. */
export function organizerNames({ organizers }: LetterFit): Html {
	if (organizers.length <= 4) return listedNames(organizers);
	const others = organizers.length - 2;
	return listedNames(organizers.slice(0, 2), msg(str`${spell(others)} others`));
}

export function whatYouNeed(proofs: Proofs): string {
	switch (proofs) {
		case 'mailbox':
			return msg('You need your work mail. About three minutes, no account.');
		case 'voucher':
			return msg('You need a voucher from whoever gave you the link. About three minutes, no account.');
		case 'either':
			return msg('You need your work mail, or a voucher. About three minutes, no account.');
	}
}
