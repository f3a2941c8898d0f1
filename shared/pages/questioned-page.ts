/** For signers who are asked about a letter at work: what is known, what one can do, and what no software can. No legal advice. */
import { list } from './list.ts';
import { type Frame, shell } from './shell.ts';
import { html, msg } from './words.ts';

export const questionedPage = (frame: Frame) =>
	shell(
		msg('If you are asked at work'),
		frame,
		html`<main class="flow prose">
<h1>${msg('If you are asked at work')}</h1>
<p>${msg('About a letter, a mail that came to you, or who signed. Read this on your own device. It is no legal advice: what you must answer, and what protects you, depends on where you live and on your contract.')}</p>

<h2>${msg('In the moment')}</h2>
${list(
	msg(
		html`<b>You need not decide anything at once.</b> “I would like to think about that first” and “I would like to talk to somebody first” are answers.`,
	),
	msg(html`<b>Ask what it is about,</b> who wants to know, and whether they would put the questions in writing.`),
	msg(
		html`<b>Ask whether you may bring somebody:</b> a colleague, somebody from the works council or a union. In some places you have a right to it.`,
	),
	msg(
		html`<b>Silence is easier to explain later than a lie.</b> Whether you have to answer, ask somebody who knows your law before you do.`,
	),
	msg(html`<b>Name nobody else,</b> neither signers nor organizers, and do not guess who it might be.`),
	msg(html`<b>Sign nothing there and then.</b> Ask for a copy and for time.`),
	msg(
		html`<b>Keep your own phone, your mail and your twelve words to yourself.</b> Before you hand over or unlock a device that is yours, ask somebody whether you have to.`,
	),
)}

<h2>${msg('What they can know')}</h2>
${list(
	msg(
		html`<b>That a mail from here came to your work address,</b> and when: it stands in the company’s mail log. It does not say whether you signed, or what. Anybody can have asked for a code for your address.`,
	),
	msg(html`<b>What you did on a company device or in its network.</b> It may have been recorded.`),
	msg(
		html`<b>If you signed by name:</b> nobody can read your name from what is stored here before enough organizers open the names together. From then on the organizers can know it, once the release is approved invited journalists can too, and from the release on everybody can.`,
	),
	msg(
		html`<b>If you signed anonymously:</b> no entry that is stored here links your mailbox with your signature. What could still give you away is said on <a href="/safety">what this protects, and what it cannot</a>.`,
	),
)}

<h2>${msg('Afterwards')}</h2>
${list(
	msg(
		html`<b>Write down what was asked,</b> by whom, when, who was there and what you said. On paper or on your own device, the same day.`,
	),
	msg(
		html`<b>Talk to somebody outside of your line:</b> whoever the letter’s own page names, a union, the works council, a lawyer of your own. Until the release, the invite link’s page says whom the organizers named, if they named somebody.`,
	),
	msg(
		html`<b>Tell the organizers that people are being asked,</b> if you can do it without naming yourself. They can prepare others.`,
	),
	msg(html`<b>Delete nothing on company devices</b> because of a question: that can be held against you. Ask first.`),
)}

<h2>${msg('What you can do here')}</h2>
${list(
	msg(
		html`<b>See where your signature stands,</b> in the browser that you signed with or with your twelve words: <a href="/s">I have signed</a>.`,
	),
	msg(
		html`<b>Take your name off.</b> Before the release it is then not printed. After it, it leaves the page and the files here within a minute; copies that others made stay. It takes your browser or your words. Without both, the page says whether you can still ask the organizers.`,
	),
	msg(
		html`<b>Forget it on a device.</b> The same page erases what that browser kept. The browser’s history, and whatever watches the device, may still know.`,
	),
	msg(
		html`<b>Keep your words safe, or destroy them.</b> Whoever finds them can show that you signed. Without them and without that browser you can no longer take your name off.`,
	),
)}

<h2>${msg('What no software can help with')}</h2>
${list(
	msg('It cannot stop an employer from asking, guessing, or punishing somebody.'),
	msg('It cannot tell you what your rights are. A person who knows your law can.'),
	msg('It cannot take back what was said, sent or copied, or hide a mail from a log that is not ours.'),
	msg('It cannot tell you who gave something away, or whether somebody did.'),
	msg('Nobody who runs this host speaks with your employer for you.'),
)}
<p>${msg('If somebody threatens you, or you fear for your safety, go to people near you whom you trust, and to those whose office it is.')}</p>
<p><a class="link" href="/s">${msg('I have signed: where does it stand?')}</a><br>
<a class="link" href="/safety">${msg('What this protects, and what it cannot')}</a></p>
</main>`,
		{
			description: msg(
				'What you can do when you are asked about a letter at work, what your employer can know, and what software cannot help with.',
			),
		},
	);
