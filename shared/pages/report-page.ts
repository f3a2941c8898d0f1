/** Reporting a letter to whoever runs its host: a plain form, and what happens next. */
import { REPORT_REASONS, type ReportFields, type ReportProblem } from '../api/report.ts';
import { LIMITS } from '../limits.ts';
import { type Frame, type Html, shell } from './shell.ts';
import { html, msg, str } from './words.ts';

/** `contact` is the host's address; null where nobody can be reached. */
export type ReportView = { contact: string | null; fields: ReportFields; problems: ReportProblem[] };

/**
 * The form's own address goes along with it to this server and nowhere else: without it a browser would not say where the form comes from, and the server would
 * refuse it. Proven by test/journey/front-pages.test.ts.
 */
const sameOrigin = { referrer: 'same-origin' } as const;

export type NotSent = 'nobody' | 'too-many' | 'mail-failed';

/** Why a report was not sent, in words for whoever sent it. */
export function notSentWords(why: NotSent, contact: string): string {
	if (why === 'nobody') return msg('Nobody can be reached here.');
	return why === 'too-many'
		? msg(
				str`Too many reports came at once. Wait some minutes and send it again, or write to ${contact} yourself. What you typed is still here.`,
			)
		: msg(
				str`The mail could not be handed over. Send it again later, or write to ${contact} yourself. What you typed is still here.`,
			);
}

export const reportPage = (view: ReportView, frame: Frame) =>
	shell(
		msg('Report a letter'),
		frame,
		html`<main class="flow prose"><h1>${msg('Report a letter')}</h1>${view.contact === null ? nobody() : form(view, view.contact)}${links()}</main>`,
		sameOrigin,
	);

const nobody = () => html`<p>${msg('Nobody can be reached here: whoever runs this host has given no address.')}</p>
<p>${msg('The letter itself names a press contact. The network or the country in which this host stands may have a place for complaints, too.')}</p>`;

const form = ({ fields, problems }: ReportView, contact: string) => html`${summary(problems)}
<p>${msg(html`What you write goes by mail to whoever runs this host, at <a class="nowrap" href="mailto:${contact}">${contact}</a>. It is not stored here, and your network address is not sent along. You can write to that address yourself instead.`)}</p>
<p>${msg(html`If you signed the letter and want your name off, you need not ask anybody: <a href="/s">take it off yourself</a>.`)}</p>
<form method="post" action="/report" novalidate>
${field('letter', msg('Which letter'), msg('Its address, or its title.'), problems, (by, wrong) => html`<input id="letter" name="letter" value="${fields.letter}" maxlength="${LIMITS.note}" dir="auto" autocomplete="off" aria-describedby="${by}" aria-invalid="${wrong}">`)}
<fieldset class="field" id="reason"${problems.some((one) => one.field === 'reason') ? html` data-wrong aria-describedby="reason-wrong"` : ''}><legend>${msg('What is wrong')}</legend>
${wrongText('reason', problems)}${Object.entries(REPORT_REASONS).map(
	([value, label]) =>
		html`<label class="choice"><input type="radio" name="reason" value="${value}"${fields.reason === value ? html` checked` : ''}><span class="plain-weight">${label()}</span></label>\n`,
)}</fieldset>
${field('text', msg('Say it in your words'), msg(str`What is wrong, where it stands, and how you know. At most ${LIMITS.report} characters, fewer with accents or in other scripts.`), problems, (by, wrong) => html`<textarea id="text" name="text" rows="8" maxlength="${LIMITS.report}" dir="auto" aria-describedby="${by}" aria-invalid="${wrong}">\n${fields.text}</textarea>`)}
${field('answer', msg('Where you would like an answer'), msg(str`A mail address or a number, if you want one. Whoever runs this host sees it. At most ${LIMITS.answerTo} characters.`), problems, (by, wrong) => html`<input id="answer" name="answer" value="${fields.answer}" maxlength="${LIMITS.answerTo}" dir="auto" autocomplete="off" aria-describedby="${by}" aria-invalid="${wrong}">`)}
<button class="button wide" type="submit">${msg('Send the report')}</button>
</form>
<h2>${msg('What happens next')}</h2>
<p>${msg('A person reads it. Whoever runs this host can take a whole letter off it. They cannot change a letter or take one name off: signers do that themselves, and enough of the organizers together. Copies elsewhere stay.')}</p>`;

function summary(problems: ReportProblem[]): Html | string {
	if (problems.length === 0) return '';
	const said = ({ field, message }: ReportProblem) =>
		field === null ? message : html`<a href="#${field}">${message}</a>`;
	return html`<div class="errors" role="alert"><h2>${msg('There is a problem')}</h2><ul>${problems.map((one) => html`<li>${said(one)}</li>`)}</ul></div>`;
}

type Control = (describedBy: string, invalid: 'true' | 'false') => Html;

function field(
	id: 'letter' | 'text' | 'answer',
	label: string,
	hint: string,
	problems: ReportProblem[],
	control: Control,
): Html {
	const wrong = problems.some((one) => one.field === id);
	return html`<div class="field"${wrong ? html` data-wrong` : ''}><label for="${id}">${label}</label>
<p class="hint" id="${id}-hint">${hint}</p>${wrongText(id, problems)}
${control(wrong ? `${id}-hint ${id}-wrong` : `${id}-hint`, wrong ? 'true' : 'false')}</div>`;
}

function wrongText(id: keyof ReportFields, problems: ReportProblem[]): Html | string {
	const problem = problems.find((one) => one.field === id);
	return problem === undefined ? '' : html`<p class="wrong" id="${id}-wrong">${problem.message}</p>`;
}

/** After it was sent. */
export const reportSentPage = (frame: Frame) =>
	shell(
		msg('Your report was sent'),
		frame,
		html`<main class="flow prose"><h1>${msg('Your report was sent')}</h1>
<p>${msg('It went by mail to whoever runs this host. Nothing of it is kept here, so nobody can look up later how far it got. If you left an address, they can answer you there.')}</p>
${links()}</main>`,
	);

const links = () =>
	html`<p><a class="link" href="/privacy">${msg('Who is responsible, and what is kept')}</a><br><a class="link" href="/">${msg('What Undersigned is')}</a></p>`;
