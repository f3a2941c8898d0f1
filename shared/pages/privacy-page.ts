/**
 * Who is responsible, what is kept and for how long, and what an order could bring out, stage by stage. Every sentence is about the code as it is: what
 * proves each stands in docs/threat-model.md.
 */
import { list } from './list.ts';
import { type Frame, type Html, shell } from './shell.ts';
import { html, msg } from './words.ts';

/** As RESPONSIBLE and CONTACT say it; null where nobody has said. */
export type HostView = { responsible: string | null; contact: string | null };

export const privacyPage = (host: HostView, frame: Frame) =>
	shell(
		msg('Privacy'),
		frame,
		html`<main class="flow prose">
<h1>${msg('Privacy')}</h1>
<p>${msg(html`What this host keeps about you, for how long, and what it could be made to hand over. What all of this cannot prevent stands under <a href="/safety">what this protects</a>.`)}</p>

<h2>${msg('Who is responsible')}</h2>
${responsible(host)}
<p>${msg('What a letter says is up to its organizers. A released letter names whom to ask about it.')}</p>

<h2>${msg('What is kept, and how long')}</h2>
<h3>${msg('If you only read')}</h3>
<p>${msg('Nothing. No cookie, no count of visits, nothing from other sites. The program writes down neither who asks for a page nor which one.')}</p>
<h3>${msg('If you sign')}</h3>
${list(
	msg(
		html`<b>Your work address</b> is held in memory until the mail is handed over. It is not written down, unless organizers write to a list of addresses with yours on it: then it waits there, sealed with this host’s secret, until the mail to you goes out, the list is dropped, or signing is over; and once it went out a keyed hash stays until signing is over, so that you get one mail only. A keyed hash of it, with the hour in which the code ends, is kept for up to two hours; if you use the code, a keyed hash is kept until signing is over. Then only numbers are left: how many codes and vouchers each group used.`,
	),
	msg(
		html`<b>Your signature</b> is kept with its key, its group, and whether it is by name. It has no time, no network address and no work address beside it.`,
	),
	msg(
		html`<b>Your name, title and work address</b>, if you sign by name, are kept sealed: only enough of the organizers together can open them. The sealed part is erased when you take your name off, when the letter is released, and when it is given up. Beside it stands this host’s statement that you proved a mailbox; whose it was can be told from it only with what is sealed.`,
	),
	msg(
		html`<b>If you lost your words</b> and ask the organizers to take your name off, what you type is sealed in the same way. It is erased when the letter is released, and when it is given up.`,
	),
	msg(
		html`<b>If you take your name off</b>, the signature’s key, its group, whether it was by name, and the withdrawal stay, so that nothing old can be sent again: until signing is over, or, after that, as long as the letter is here.`,
	),
	msg(
		html`<b>Once the letter is released</b>, what it shows of you is public: your name and title, or that somebody of your group signed. It stays as long as the letter is here, or until you take your name off.`,
	),
	msg(
		html`<b>Counts</b> for the organizers, in coarse steps: how many had signed each night, how many proved by mail or by voucher, and how often somebody tried a second time. They name nobody, and are erased when signing is over.`,
	),
	msg(
		html`<b>On your own device</b> your browser keeps your key, how you chose to appear and, while it is needed, your work address, or the voucher that your link brought, until you let it forget the letter. Where you chose to keep nothing, none of it is kept.`,
	),
)}
<h3>${msg('If you organize')}</h3>
${list(
	msg(
		'The name that you chose, your public keys, your passkey’s public part, your own key as your passkey sealed it, what you approved, and whether your desk was closed. They are kept as long as the letter is here, and erased when it is given up.',
	),
	msg(
		'What you proposed, which vouchers you made, notes on links and vouchers, and the sheet for the day: until 30 days after the release. What waits for approval then stays until it is decided.',
	),
	msg(
		'While the letter is a draft: which organizers’ keys have been tried, who has compared the fingerprint, and who had test codes sent to how many work inboxes of which domain, with a keyed hash of each address, not the address. It goes when the letter opens.',
	),
	msg('One cookie while you are logged in, for twelve hours at most.'),
	msg('A draft is kept until its organizers give it up, or nobody has changed it for 90 days.'),
)}
<h3>${msg('If you are a journalist with a link of your own')}</h3>
<p>${msg('The outlet’s name as the organizers typed it, who made the link, when it ends, and a hash of the link. Whether or when you open it is not written down. At the release the outlet’s name and who made the link are erased; when the letter is given up, all of it.')}</p>
<h3>${msg('If you report a letter')}</h3>
<p>${msg('Your report goes on by mail, and is not stored here.')}</p>
<h3>${msg('If a letter is not released')}</h3>
<p>${msg('By the date that it names, or earlier if its organizers give it up, everything is erased: text, signatures, sealed names, organizers. What is left says that there was a letter, so that its links can say so. As with any database, traces of the erased text and of the organizers’ names can lie in its files until their space is used again; sealed names and mailboxes leave those files within minutes.')}</p>

<h2>${msg('What is not kept')}</h2>
${list(
	msg(
		html`<b>Network addresses.</b> To slow down floods, a keyed hash of yours is held in memory, under another key each day. It stands in no table and no log, and yesterday’s key is gone.`,
	),
	msg(html`<b>Times.</b> Nothing says when you asked, proved or signed; of a code only the hour in which it ends.`),
	msg(
		html`<b>A log of requests.</b> The program’s log says what failed, and nothing about people. What stands in front of it, such as a proxy, can keep a log; whoever runs this host is told to switch it off.`,
	),
	msg(
		html`<b>Backups.</b> The program makes none. Whoever runs this host is told to keep only the last one. Ask them.`,
	),
)}
<p>${msg('Two others see more: the mail relay that this host uses, and your employer’s own mail server. Both see that a mail went to you.')}</p>

<h2>${msg('What would have to be handed over under an order')}</h2>
<p>${msg('A court or an authority can order a host to hand over what it has. This is what there would be.')}</p>
${list(
	msg(
		html`<b>While the letter is open.</b> Its text, its organizers’ chosen names and keys, its signatures with their sealed parts, which nobody here can open, and keyed hashes of the mailboxes that proved, or that organizers wrote to from a list. With this host’s keys and a list of addresses, it can be tested which of them proved, were written to, or asked for a code in the last two hours; not what they signed, nor whether. No name, no address.`,
	),
	msg(
		html`<b>When signing is over</b>, before and after the organizers open the names. The same without the mailboxes: their hashes are erased, and the keys to them. Also, until the release, which outlets the organizers made links for. The names are open in the organizers’ browsers only. An order to an organizer is another matter.`,
	),
	msg(
		html`<b>When the release is approved.</b> From then until its minute this host holds the approved letter, encrypted with a key of its own, so it can be made to hand over the names and titles on it, and the addressees’ mail addresses that it goes to. Not the addresses of signers.`,
	),
	msg(
		html`<b>After the release.</b> The letter is public. Beyond it: keys of signatures that were left out, without names; for 30 days, which mail addresses of the addressees it was sent to; who approved what; what an organizer proposed to say under it, or to strike, and others have not approved. The sealed parts are erased.`,
	),
	msg(html`<b>A letter that was given up.</b> That there was one, and its links.`),
)}
<p>${msg(html`An order can also ask for the future: to watch from now on, or to change the program. What a changed program could see stands under <a href="/safety">what this protects</a>. A host may be forbidden to tell you.`)}</p>

<h2>${msg('Cookies')}</h2>
<p>${msg('None for readers, signers and journalists. Organizers get one, with which they stay logged in.')}</p>

<h2>${msg('Your rights')}</h2>
<p>${msg('Depending on where you live, you may ask what is kept about you, have it corrected or erased, and complain to a data protection authority. Some of it you do best yourself:')}</p>
${list(
	msg(
		html`<b>See it, or take it back:</b> <a href="/s">I have signed</a> shows where your signature stands, and takes your name off.`,
	),
	msg(html`<b>Correct it:</b> as long as the letter is open, take your name off and sign again.`),
	host.contact === null
		? msg(
				html`<b>Ask a person:</b> this host has given no address. They cannot look you up by name or address, because what is kept does not show them: only the key on your device, or your twelve words, find your signature. They can answer for what is public.`,
			)
		: msg(
				html`<b>Ask a person:</b> write to ${mailto(host.contact)}. They cannot look you up by name or address, because what is kept does not show them: only the key on your device, or your twelve words, find your signature. They can answer for what is public.`,
			),
)}
<p><a class="link" href="/report">${msg('Report a letter')}</a><br><a class="link" href="/">${msg('What Undersigned is')}</a></p>
</main>`,
		{
			description: msg(
				'What this host keeps about people who read, sign, organize or report letters, for how long, and what it could be made to hand over.',
			),
		},
	);

function responsible({ responsible, contact }: HostView): Html {
	const dot = responsible?.endsWith('.') ? '' : '.';
	const who =
		responsible === null
			? msg(
					html`<b>Whoever runs this host has not said who they are.</b> Think about what that means before you sign here.`,
				)
			: msg(html`This host is run by <bdi>${responsible}</bdi>${dot}`);
	const where =
		contact === null
			? msg('They have given no address at which you could reach them.')
			: msg(html`You reach them at ${mailto(contact)}.`);
	return html`<p>${who}</p>\n<p>${where}</p>`;
}

const mailto = (contact: string) => html`<a class="nowrap" dir="ltr" href="mailto:${contact}">${contact}</a>`;
