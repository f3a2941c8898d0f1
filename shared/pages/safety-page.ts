/**
 * What this protects and what it cannot, in plain words: every known rest of docs/protocol.md and docs/threat-model.md. For everybody, and fitted to one letter
 * for whoever reads that letter.
 */
import type { LetterFit, Proofs } from '../letter-fit.ts';
import { list } from './list.ts';
import { listedNames } from './listed-names.ts';
import { spell } from './numbers.ts';
import { type Frame, type Html, shell } from './shell.ts';
import { whoSeesWhat } from './who-sees-what.ts';
import { html, msg, str } from './words.ts';

/** @param fit of the letter at hand; null for everybody. A letter's own page is for nobody's index. */
export function safetyPage(fit: LetterFit | null, frame: Frame) {
	const proofs = fit?.proofs ?? 'either';
	const body = html`<main class="flow prose">
<h1>${msg('What this protects, and what it cannot')}</h1>
<p>${
		fit === null
			? msg('Read this before you sign something that could cost you your job. It is as plain as we can make it.')
			: msg(
					'Read this before you sign. It is about the letter that you come from, and as plain as we can make it. To go back to the letter, use your browser’s Back button.',
				)
	}</p>
${whatItProtects(proofs)}
${whoSeesWhat(proofs)}
${whatEmployersSee(fit, proofs)}
${whatAServerCould(proofs)}
${whatACopyShows(proofs)}
${whatOrganizersCan(fit, proofs)}
${whatNobodyPrevents(fit, proofs)}
<h2>${msg('What a recount cannot show')}</h2>
<p>${
		proofs === 'voucher'
			? msg(
					'Anyone can recount a released letter. No recount can show that the server let each voucher be used only once, that each went to another person, that nobody was left out, or that no other version was approved.',
				)
			: msg(
					'Anyone can recount a released letter. No recount can show that the server let each mailbox prove itself only once, that each mailbox is another person, that nobody was left out, or that no other version was approved.',
				)
	} ${msg('It counts the release file, not the page or the PDF beside it.')}</p>
<p><a class="link" href="/s">${msg('I have signed: where does it stand?')}</a><br>
<a class="link" href="/questioned">${msg('If you are asked at work')}</a><br>
<a class="link" href="/privacy">${msg('Who is responsible, and what is kept how long')}</a><br>
<a class="link" href="/">${msg('What Undersigned is')}</a></p>
</main>`;
	const description = msg(
		'What Undersigned protects people who sign from, what it cannot, and what a server could do that was changed to watch.',
	);
	return shell(msg('What this protects'), frame, body, fit === null ? { description } : {});
}

const whatItProtects = (proofs: Proofs): Html => html`<h2>${msg('What it protects')}</h2>
${list(
	msg(
		html`<b>Your name stays sealed.</b> Your browser seals it before it is sent. It takes more than half of the organizers together to open it, which they are to do once signing is over. Not this server, not a thief of its data, not one organizer alone can read it.`,
	),
	proofs === 'voucher'
		? msg(
				html`<b>What is kept does not match vouchers to signatures.</b> No entry that is stored here, now or later, links your voucher with your signature. What a copy of the storage could still show is said below.`,
			)
		: msg(
				html`<b>What is kept does not match mailboxes to signatures.</b> If you sign anonymously, no entry that is stored here, now or later, links your mailbox with your signature. What a copy of the storage could still show is said below.`,
			),
	...(proofs === 'voucher'
		? []
		: [
				msg(
					html`<b>Your work address is never written down here</b> in readable form. It is held in memory until the mail is sent.`,
				),
			]),
	msg(
		html`<b>You can change your mind.</b> You can take your name off until the release, and after it: in the browser that you signed with, for as long as it keeps its data, or with the twelve words. If the letter is given up, everything is erased.`,
	),
	msg(
		html`<b>The letter cannot be swapped.</b> Your browser checks the text and the organizers against the link that you were given, before it makes a key.`,
	),
)}`;

function whatEmployersSee(fit: LetterFit | null, proofs: Proofs): Html {
	const devices = msg(
		html`<b>Its own devices and network.</b> A company laptop or phone can record what you type and read. Use your own device and your own network.`,
	);
	if (proofs === 'voucher') {
		return html`<h2>${msg('What your employer can see')}</h2>
${list(devices, msg(html`<b>No mail.</b> This letter is signed with vouchers, and nothing is sent to anybody who signs.`))}`;
	}
	return html`<h2>${msg('What your employer can see')}</h2>
${list(
	msg(
		html`<b>Its own mail log.</b> It can list everyone who got a mail from here. The mail does not name the letter, and the list alone does not show who signed. The released letter states exactly how many of each group proved and how many signed or lapsed: where nearly everybody who got a mail signed, list and numbers together can tell who did, also of those who signed anonymously.`,
	),
	devices,
	whoReadsYourMailbox(fit),
	...(proofs === 'either'
		? [
				msg(
					html`<b>If that worries you,</b> ask whoever gave you the link for a voucher, where the letter has some: it needs no mail.`,
				),
			]
		: []),
)}`;
}

function whoReadsYourMailbox(fit: LetterFit | null): Html {
	if (fit === null)
		return msg(
			html`<b>Your mailbox.</b> Whoever can read it can learn that it was used here, or use it before you do.`,
		);
	return fit.codeOnly
		? msg(
				html`<b>Your mailbox.</b> The mail holds a code and no link, and the code works only where it was asked for. Whoever can read your mailbox can still ask for a code of their own: so they can learn that it was used here, or use it before you do.`,
			)
		: msg(
				html`<b>Your mailbox.</b> The mail holds a code and a link, which goes on in whichever browser opens it. Whoever can read your mailbox can learn that it was used here, or use it before you do.`,
			);
}

const whatAServerCould = (
	proofs: Proofs,
): Html => html`<h2>${msg('What this server could do, if it were changed to watch')}</h2>
<p>${msg('You trust whoever runs it to serve the honest program. A server that was changed, or taken over while running, could:')}</p>
${list(
	proofs === 'voucher'
		? msg(
				'see when vouchers are used and signatures come in, and from which network address. By comparing these it could match a voucher with a signature, also with one that is made anonymously. So could somebody who watches the network;',
			)
		: msg(
				'see who asks for a code, and when signatures come in, and from which network address. By comparing these it could match a mailbox with a signature, also with one that is made anonymously. So could somebody who watches the network;',
			),
	...(proofs === 'voucher'
		? []
		: [
				msg(
					'see which work address holds which signature that is made by name, and so who signs by name, though not the name as it will be printed;',
				),
				msg('say that a mailbox was proven when nobody proved it;'),
			]),
	msg('serve you a page that does something else than this one;'),
	proofs === 'voucher'
		? msg('issue to itself what a voucher gives, and so add signatures.')
		: msg(
				'with its keys and a list of the staff, find out which mailboxes proved that they work there, until signing is over. Not what they signed.',
			),
)}`;

const whatACopyShows = (proofs: Proofs): Html => html`<h2>${msg('What a copy of its storage could show')}</h2>
${list(
	msg('How many signed, by group, and which signatures are by name and which anonymous. No name, and no address.'),
	msg(
		'Two copies, taken at different times, show which entries came between them. If only few did, that narrows down who they are.',
	),
	proofs === 'voucher'
		? msg(
				'The database’s own log keeps the order of writing for a while, until it is overwritten. From the order somebody could guess which voucher and which signature belong together. We mix the order of what is stored every hour, once enough is new, and at least every night, and keep no archive of that log.',
			)
		: msg(
				'The database’s own log keeps the order of writing for a while, until it is overwritten. From the order somebody could guess which mailbox and which signature belong together. We mix the order of what is stored every hour, once enough is new, and at least every night, and keep no archive of that log.',
			),
)}`;

const whatOrganizersCan = (
	fit: LetterFit | null,
	proofs: Proofs,
): Html => html`<h2>${msg('What the organizers can do')}</h2>
${list(
	msg(
		html`<b>Enough of them together can read the names early,</b> if whoever runs this server, or stole from it, helps them. ${howMany(fit)} Ask yourself whether you know them, and whether you trust whoever gave you the link.`,
	),
	msg(
		html`<b>After the opening, each organizer can know the names.</b> So can the host, from the approval of the release on.`,
	),
	msg(
		html`<b>They can leave signatures out.</b> The letter states how many they struck, and why. If they leave out others, no number shows it: look whether yours is there.`,
	),
	msg(
		html`<b>They can invite journalists,</b> once the release is approved, to read it before its minute. Each gets a link of their own, which organizers can end. What a journalist has seen or saved stays.`,
	),
	msg(
		html`<b>After the release, enough of them together</b> can take a signature off that is not what it says, and add updates, a reply, and where the press wrote about it. They cannot change the text or add a name.`,
	),
	...(proofs === 'mailbox'
		? []
		: [
				msg(
					html`<b>Vouchers</b> are made by organizers: one of them could sign with several. Each batch is shown to all of them, and the letter says how many were used. Whoever gave you yours can find out whether it was used, not what it signed. The released letter states exactly how many vouchers each group used, and how many of its signatures lapsed: where every voucher was used to sign, whoever handed them out can tell.`,
				),
			]),
	proofs === 'mailbox'
		? msg('One organizer alone cannot read a name, add one, change one or release anything.')
		: msg('One organizer alone cannot read a name, change one or release anything.'),
)}`;

function howMany(fit: LetterFit | null): string {
	if (fit === null) return msg('It takes more than half.');
	const all = fit.organizers.length;
	return all === 2
		? msg('Of this letter’s two it takes both.')
		: msg(str`Of this letter’s ${spell(all)} it takes ${spell(fit.threshold)}.`);
}

const whatNobodyPrevents = (
	fit: LetterFit | null,
	proofs: Proofs,
): Html => html`<h2>${msg('What no software prevents')}</h2>
<p>${
	proofs === 'voucher'
		? msg(
				'The company’s own devices, a server that was changed, and organizers who act together, as said above. And these:',
			)
		: msg(
				'The company’s own mail log and devices, a server that was changed, and organizers who act together, as said above. And these:',
			)
}</p>
${list(
	theLaw(fit),
	msg(
		html`<b>What was published stays.</b> You can have your name taken off the page here. Copies that others made remain.`,
	),
	...smallGroups(fit),
	proofs === 'voucher'
		? msg(
				html`<b>One person, two vouchers.</b> Somebody with several vouchers can sign more than once. The organizers look for that among the names; among anonymous signatures nobody can.`,
			)
		: msg(
				html`<b>One person, two mailboxes.</b> Somebody with several addresses at work can sign more than once. The organizers look for that among the names; among anonymous signatures nobody can.`,
			),
	msg(
		html`<b>Your own words.</b> The twelve words, and the device that you signed on, prove that you signed. Whoever holds them can show it, or take your name off.`,
	),
	msg(
		html`<b>What you show somebody.</b> After the release you can prove to a journalist that a signature is yours. That person then knows it, also if you signed anonymously.`,
	),
)}`;

function theLaw(fit: LetterFit | null): Html {
	if (fit === null)
		return msg(
			html`<b>The law may not protect you.</b> Whether an employer may punish you for signing depends on where you live and what the letter says. The letter’s own page says whom you can ask, if its organizers name somebody.`,
		);
	return fit.advice === ''
		? msg(
				html`<b>The law may not protect you.</b> Whether an employer may punish you for signing depends on where you live and what the letter says. The organizers of this letter name nobody whom you could ask: try a union, or a lawyer of your own.`,
			)
		: msg(
				html`<b>The law may not protect you.</b> Whether an employer may punish you for signing depends on where you live and what the letter says. The organizers of this letter say that you can ask: <bdi>${fit.advice}</bdi>`,
			);
}

function smallGroups(fit: LetterFit | null): Html[] {
	if (fit === null)
		return [
			msg(
				html`<b>Small groups.</b> If only a few people of a group sign anonymously, they could be guessed. Where they are fewer than the letter’s limit, none of them is listed. How many that were is published.`,
			),
		];
	const named = (anonymity: 'none' | 'guessable') => {
		const some = fit.groups.filter((group) => group.anonymity === anonymity).map(({ name }) => name);
		return some.length === 0 ? null : listedNames(some);
	};
	const [none, guessable] = [named('none'), named('guessable')];
	return [
		msg(
			html`<b>Small groups.</b> If only a few people of a group sign anonymously, they could be guessed. Where they are fewer than ${spell(fit.smallestCell)}, none of them is listed. How many that were is published.`,
		),
		...(guessable === null
			? []
			: [
					msg(
						html`<b>A small group of this letter:</b> ${guessable}. Even where enough sign anonymously, whoever knows the people there might guess who they are.`,
					),
				]),
		...(none === null
			? []
			: [
					msg(
						html`<b>Too small to sign anonymously:</b> ${none}. By what the organizers say, fewer people than that can sign there.`,
					),
				]),
	];
}
