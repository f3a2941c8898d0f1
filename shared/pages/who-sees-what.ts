/** Who can see what of a signature, stage by stage. What proves each sentence stands in docs/threat-model.md. */
import type { Proofs } from '../letter-fit.ts';
import { list } from './list.ts';
import type { Html } from './shell.ts';
import { html, msg } from './words.ts';

export const whoSeesWhat = (proofs: Proofs): Html => html`<h2>${msg('Who can see what')}</h2>
<h3>${msg('While people sign')}</h3>
${list(
	msg(html`<b>Nobody reads your name.</b> It is sealed, and opens only when enough organizers open it together.`),
	msg(
		html`<b>Everybody who has the link</b> reads the letter and rounded numbers, which move at most once an hour: how many have signed, how many of them by name, and where enough sign anonymously to be listed.`,
	),
	msg(html`<b>The organizers</b> see rounded numbers for each group too, and how many proved in which way. Not who.`),
	...(proofs === 'voucher' ? [] : [msg(html`<b>Your employer</b> can see that a mail went to you.`)]),
	msg(html`<b>Journalists</b> whom the organizers invite see nothing of it yet.`),
)}
<h3>${msg('Once the names are opened')}</h3>
${list(
	byName(proofs),
	msg(
		html`<b>If you sign anonymously,</b> each organizer can know that somebody of your group did, and what describes you, if you chose that: also where it is not printed.`,
	),
	msg(
		html`<b>From the approval of the list on,</b> this host holds the names and titles on it, encrypted with a key of its own, and journalists whom the organizers invite can read them.`,
	),
	msg('You can still take your name off. Whoever has read it then, has read it.'),
)}
<h3>${msg('After the release')}</h3>
${list(
	msg(
		html`<b>Everybody</b> can read the names and titles of those who sign by name, with their group. Of the others they read how many there are in which group, and what describes them where enough share it.`,
	),
	msg(
		html`<b>If you made a condition</b> (“only if so many sign”), it stands with your signature in the release file. Under an anonymous one, an odd number can be recognized.`,
	),
	msg(
		html`<b>Your work address</b> and what was sealed are not published. What was sealed is erased here; what an organizer has read or copied is not in our hands.`,
	),
	msg(
		html`<b>If you take your name off then,</b> it leaves the page and the files here within a minute. What stays is that somebody of your group signed, by name or anonymously, and took it back.`,
	),
)}`;

function byName(proofs: Proofs): Html {
	switch (proofs) {
		case 'mailbox':
			return msg(html`<b>If you sign by name,</b> each organizer can know your name, title and work address.`);
		case 'voucher':
			return msg(
				html`<b>If you sign by name,</b> each organizer can know your name and title. A voucher brings no address.`,
			);
		case 'either':
			return msg(
				html`<b>If you sign by name,</b> each organizer can know your name and title, and your work address if you proved with it.`,
			);
	}
}
