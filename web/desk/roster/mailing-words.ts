/** How mailings and lists are spoken of. */
import type { MailingOnDesk } from '../../../shared/client/mailing.ts';
import type { DomainCount } from '../../../shared/mailing.ts';
import type { RosterRefusal } from '../../../shared/roster.ts';

export const number = (n: number): string => n.toLocaleString('en');

export const people = (n: number): string => (n === 1 ? '1 person' : `${number(n)} people`);

/** "100 at northwind.example, 20 at contoso.example" */
export const byDomain = (domains: readonly DomainCount[]): string =>
	domains.map(({ domain, count }) => `${number(count)} at ${domain}`).join(', ');

export const REFUSED: Record<RosterRefusal, string> = {
	'address-domain': 'Not an address of this letter’s groups',
	'address-role': 'An office’s mailbox, not a person’s',
	'address-format': 'Not one plain address',
	'address-not-ascii': 'Holds a character that an address cannot have',
	twice: 'On the list already',
};

/** How long so many mails take, in words: "about 2 minutes", "about 2 hours 45 minutes". */
export function spellDuration(mails: number, perMinute: number): string {
	const minutes = Math.max(1, Math.ceil(mails / Math.max(1, perMinute)));
	const unit = (n: number, name: string) => `${n} ${name}${n === 1 ? '' : 's'}`;
	if (minutes < 60) return `about ${unit(minutes, 'minute')}`;
	const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
	return `about ${unit(hours, 'hour')}${rest === 0 ? '' : ` ${unit(rest, 'minute')}`}`;
}

/** All that is over with: sent or not. */
export const doneOf = ({ sent, refused, unknown, repeated }: MailingOnDesk): number =>
	sent + refused + unknown + repeated;

/** What became of those, in a sentence each where there are any. */
export function outcomes({ sent, refused, unknown, repeated }: MailingOnDesk): string[] {
	const were = (n: number) => (n === 1 ? 'was' : 'were');
	return [
		`${number(sent)} ${were(sent)} sent.`,
		...(refused > 0 ? [`${number(refused)} ${were(refused)} refused by a mail server.`] : []),
		...(unknown > 0
			? [`Of ${number(unknown)} nobody knows whether they were sent; they are not sent again, so that nobody gets two.`]
			: []),
		...(repeated > 0 ? [`${number(repeated)} had a code from an earlier list, and got no second mail.`] : []),
	];
}
