/** The letter as a signer reads it, with what they should know before they sign. Reads without JavaScript. Pure: a view in, a document out. */
import type { LetterState, Restored } from '../api/signing.ts';
import type { Charter, TextDocument } from '../charter.ts';
import { type LetterFit, letterFit } from '../letter-fit.ts';
import { renderMarkdown, renderReferences } from '../markdown.ts';
import { beforeYouSign, organizerNames, whatYouNeed } from './before-you-sign.ts';
import { directionOf, languageName, toWord } from './languages.ts';
import { languageNow, spell, spellMoment } from './numbers.ts';
import { closedSeal } from './seal.ts';
import { type Frame, type Html, linkPreview, shell } from './shell.ts';
import { html, msg, raw, str } from './words.ts';

export type SignPageView = {
	state: Extract<LetterState, 'open' | 'review' | 'scheduled'>;
	/** Through which it is read. */
	link: string;
	charter: Charter;
	text: TextDocument;
	/** Coarse: "at least", 0 below the first step. */
	atLeast: { signatures: number; named: number };
	/** UTC instants. */
	lastCallUntil: string | null;
	releaseAt: string | null;
	/** From a copy, while people signed. */
	restored: Restored;
};

/** The title says nothing of the letter: it stands in histories and in previews of messengers. */
export const signPage = (view: SignPageView, frame: Frame) =>
	shell(
		msg('A letter'),
		frame,
		html`<div id="reading">
<main class="sheet to-sign">
<article lang="${view.text.language}" dir="auto">
${closedSeal()}
<h1>${view.text.title}</h1>
${view.text.addressees === '' ? '' : html`<p class="to quiet">${toWord(view.text.language)}${view.text.addressees}</p>`}
<div class="body" id="letter-text">${raw(renderMarkdown(view.text.text, view.text.references))}</div>
${raw(renderReferences(view.text.references))}
${view.text.translations.map(translation)}
</article>
<section class="terms" aria-label="${msg('Signing')}">
${terms(view, letterFit(view.charter))}
</section>
</main>
</div>
<sign-flow></sign-flow>`,
		{ preview: linkPreview() },
	);

function translation(text: TextDocument['translations'][number], i: number): Html {
	const mark = `reference-${i + 1}`;
	return html`<details lang="${text.language}"><summary>${text.title} <span class="quiet">(<bdi>${languageName(text.language)}</bdi>)</span></summary><div dir="${directionOf(text.language)}">
${text.addressees === '' ? '' : html`<p class="to quiet">${text.addressees}</p>`}
<div class="body">${raw(renderMarkdown(text.text, text.references, mark))}</div>
${raw(renderReferences(text.references, mark))}</div></details>`;
}

function terms(view: SignPageView, fit: LetterFit): Html {
	const start = html`<sign-start><noscript><p class="note">${msg('Signing needs JavaScript: your browser makes your key and seals your name itself, so that we never hold it open.')}</p></noscript></sign-start>`;
	const standing = html`<p><b class="tab">${counted(view)}</b> <span class="quiet">${opening(view)}</span></p>
<p class="quiet">${dates(view)}</p>
${restoredNote(view.restored)}`;
	if (view.state !== 'open') return html`${standing}\n${afterSigning(fit)}\n${start}`;
	return html`${standing}
${beforeYouSign(fit, view.link)}
${start}
<p class="small quiet">${whatYouNeed(fit.proofs)}</p>`;
}

/** Whoever signed, or took their name off, has to look: what came after the copy is lost, and nobody can write to them. */
function restoredNote(restored: Restored): Html | '' {
	if (restored === null) return '';
	const look = msg(
		'What came after that copy is lost. If you signed, or took your name off, look at what stands here now.',
	);
	if (restored === 'after-signing')
		return html`<div class="note"><p>${msg(html`<b>This letter was restored from a copy</b> by whoever runs this server, after signing was over.`)}</p><p>${msg('What came after that copy is lost. If you took your name off, look at what stands here now.')}</p></div>`;
	return restored === 'without-keys'
		? html`<div class="note"><p>${msg(html`<b>Signing ended early.</b> Whoever runs this server lost the keys without which nobody can sign, and restored the rest from a copy.`)}</p><p>${look}</p></div>`
		: html`<div class="note"><p>${msg(html`<b>This letter was restored from a copy</b> by whoever runs this server, while people signed it.`)}</p><p>${look}</p></div>`;
}

function counted({ state, atLeast: { signatures } }: SignPageView): string {
	const few = signatures === 0;
	if (state === 'scheduled')
		return few ? msg(str`Fewer than ${spell(10)} signatures.`) : msg(str`At least ${spell(signatures)} signatures.`);
	if (!few) return msg(str`At least ${spell(signatures)} signatures, sealed.`);
	return state === 'open'
		? msg(str`Fewer than ${spell(10)} signatures so far, sealed.`)
		: msg(str`Fewer than ${spell(10)} signatures, sealed.`);
}

function opening({ state, charter: { organizers, threshold } }: SignPageView): string {
	if (state === 'scheduled') return msg('The organizers have opened the names and approved the list.');
	return organizers.length === 2
		? msg('The names open only when both organizers open them together.')
		: msg(
				str`The names open only when ${spell(threshold)} of the ${spell(organizers.length)} organizers open them together.`,
			);
}

function dates({ state, charter, lastCallUntil, releaseAt }: SignPageView): Html | string {
	if (state === 'open') {
		return msg(
			html`Sign until ${moment(charter.closesAt)}. After that you have ${long(charter.lastCallHours)} to change your mind.`,
		);
	}
	if (state === 'scheduled' && releaseAt !== null) {
		return msg(
			html`Signing is over. The letter goes out on ${moment(releaseAt)}. If you signed, you can take your name off until then, and after.`,
		);
	}
	return lastCallUntil === null
		? msg('Signing is over. If you signed, you can still take your name off.')
		: msg(
				html`Signing is over. The names are not opened before ${moment(lastCallUntil)}. If you signed, you can still take your name off.`,
			);
}

const moment = (instant: string) => html`<time datetime="${instant}">${spellMoment(instant)}</time>`;

/** "2 days", "36 hours". */
function long(hours: number): string {
	const [count, unit] = hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour'];
	return count.toLocaleString(languageNow(), { style: 'unit', unit, unitDisplay: 'long' });
}

const afterSigning = (fit: LetterFit) =>
	html`<p class="small quiet">${fit.advice === '' ? '' : html`${msg(html`Whom you can ask: <bdi>${fit.advice}</bdi>`)}<br>`}${msg(html`Organizers: ${organizerNames(fit)}`)}<br><a class="link" href="/questioned">${msg('If you are asked about it at work')}</a></p>`;
