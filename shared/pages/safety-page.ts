/** What this protects and what it cannot, in plain words: every known rest of docs/protocol.md and docs/threat-model.md. */
import { html } from 'hono/html';
import { list } from './list.ts';
import { type Frame, shell } from './shell.ts';

export const safetyPage = (frame: Frame) =>
	shell(
		'What this protects',
		frame,
		html`<main class="flow prose">
<h1>What this protects, and what it cannot</h1>
<p>Read this before you sign something that could cost you your job. It is as plain as we can make it.</p>

<h2>What it protects</h2>
${list(
	html`<b>Your name stays sealed.</b> Your browser seals it before it is sent. It takes more than half of the organizers together to open it, which they are to do once signing is over. Not this server, not a thief of its data, not one organizer alone can read it.`,
	html`<b>What is kept does not match mailboxes to signatures.</b> If you sign anonymously, no entry that is stored here, now or later, links your mailbox with your signature. What a copy of the storage could still show is said below.`,
	html`<b>Your work address is never written down here</b> in readable form. It is held in memory until the mail is sent.`,
	html`<b>You can change your mind.</b> You can take your name off until the release, and after it: in the browser that you signed with, for as long as it keeps its data, or with the twelve words. If the letter is given up, everything is erased.`,
	html`<b>The letter cannot be swapped.</b> Your browser checks the text and the organizers against the link that you were given, before it makes a key.`,
)}

<h2>What your employer can see</h2>
${list(
	html`<b>Its own mail log.</b> It can list everyone who got a mail from here. The mail does not name the letter, and the list does not show who signed.`,
	html`<b>Its own devices and network.</b> A company laptop or phone can record what you type and read. Use your own device and your own network.`,
	html`<b>Your mailbox.</b> Whoever can read it can learn that a code was used, or use the code before you do. If that worries you, ask an organizer for a voucher: it needs no mail.`,
)}

<h2>What this server could do, if it were changed to watch</h2>
<p>You trust whoever runs it to serve the honest program. A server that was changed, or taken over while running, could:</p>
${list(
	html`see who asks for a code, and when signatures come in, and from which network address. By comparing these it could match a mailbox with a signature, also with one that is made anonymously. So could somebody who watches the network;`,
	html`see which work address holds which signature that is made by name, and so who signs by name, though not the name as it will be printed;`,
	html`say that a mailbox was proven when nobody proved it;`,
	html`serve you a page that does something else than this one;`,
	html`with its keys and a list of the staff, find out which mailboxes proved that they work there, until signing is over. Not what they signed.`,
)}

<h2>What a copy of its storage could show</h2>
${list(
	html`Two copies, taken at different times, show which entries came between them. If only few did, that narrows down who they are.`,
	html`The database’s own log keeps the order of writing for a while, until it is overwritten. From the order somebody could guess which mailbox and which signature belong together. We mix the order of what is stored every hour, once enough is new, and at least every night, and keep no archive of that log.`,
)}

<h2>What the organizers can do</h2>
${list(
	html`<b>Enough of them together can read the names early.</b> It takes more than half. Ask yourself whether you trust whoever gave you the link.`,
	html`<b>After the opening, each organizer can know the names.</b> So can the host, from the approval of the release on.`,
	html`<b>They can invite journalists,</b> once the release is approved, to read it before its minute. Each gets a link of their own, which organizers can end. What a journalist has seen or saved stays.`,
	html`<b>After the release, enough of them together</b> can take a signature off that is not what it says, and add updates, a reply, and where the press wrote about it. They cannot change the text or add a name.`,
	html`One organizer alone cannot read a name, add one, change one or release anything.`,
)}

<h2>What nobody can prevent</h2>
${list(
	html`<b>The law may not protect you.</b> Whether an employer may punish you for signing depends on where you live and what the letter says. The letter’s own page says whom you can ask.`,
	html`<b>What was published stays.</b> You can have your name taken off the page here. Copies that others made remain.`,
	html`<b>Small groups.</b> If only a few people of a group sign anonymously, they could be guessed. A group with fewer than the letter’s limit is left out.`,
	html`<b>One person, two mailboxes.</b> Somebody with several addresses at work can sign more than once. The organizers look for that when they check the names.`,
	html`<b>Your own words.</b> The twelve words, and the device that you signed on, prove that you signed. Whoever holds them can show it, or take your name off.`,
	html`<b>What you show somebody.</b> After the release you can prove to a journalist that a signature is yours. That person then knows it, also if you signed anonymously.`,
)}

<h2>What a recount cannot show</h2>
<p>Anyone can recount a released letter. No recount can show that the server let each mailbox prove itself only once, that each mailbox is another person, that nobody was left out, or that no other version was approved.</p>
<p><a class="link" href="/s">I have signed: where does it stand?</a><br>
<a class="link" href="/questioned">If you are asked at work</a><br>
<a class="link" href="/privacy">Who is responsible, and what is kept how long</a><br>
<a class="link" href="/">What Undersigned is</a></p>
</main>`,
		{
			description:
				'What Undersigned protects people who sign from, what it cannot, and what a server could do that was changed to watch.',
		},
	);
