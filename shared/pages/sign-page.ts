/** The letter as a signer reads it, with what they should know before they sign. Reads without JavaScript. Pure: a view in, a document out. */
import { html, raw } from 'hono/html';
import type { LetterState } from '../api/signing.ts';
import type { Charter, TextDocument } from '../charter.ts';
import { renderMarkdown, renderReferences } from '../markdown.ts';
import { directionOf, languageName, toWord } from './languages.ts';
import { plural, spell, spellMoment } from './numbers.ts';
import { closedSeal } from './seal.ts';
import { type Frame, type Html, LINK_PREVIEW, shell } from './shell.ts';

export type SignPageView = {
	state: Extract<LetterState, 'open' | 'review' | 'scheduled'>;
	charter: Charter;
	text: TextDocument;
	/** Coarse: "at least", 0 below the first step. */
	atLeast: { signatures: number; named: number };
	/** UTC instants. */
	lastCallUntil: string | null;
	releaseAt: string | null;
};

/** The title says nothing of the letter: it stands in histories and in previews of messengers. */
export const signPage = (view: SignPageView, frame: Frame) =>
	shell(
		'A letter',
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
<section class="terms" aria-label="Signing">
${standing(view)}
${view.state === 'open' ? beforeYouSign(view.charter) : afterSigning(view.charter)}
<sign-start><noscript><p class="note">Signing needs JavaScript: your browser makes your key and seals your name itself, so that we never hold it open.</p></noscript></sign-start>
${view.state === 'open' ? html`<p class="small quiet">You need your work mail, or a voucher. About three minutes, no account.</p>` : ''}
<p class="small quiet">Organized by ${organizers(view.charter)} Do you trust whoever gave you this link?</p>
</section>
</main>
</div>
<sign-flow></sign-flow>`,
		{ preview: LINK_PREVIEW },
	);

function translation(text: TextDocument['translations'][number], i: number): Html {
	const mark = `reference-${i + 1}`;
	return html`<details lang="${text.language}"><summary>${text.title} <span class="quiet">(<bdi>${languageName(text.language)}</bdi>)</span></summary><div dir="${directionOf(text.language)}">
${text.addressees === '' ? '' : html`<p class="to quiet">${text.addressees}</p>`}
<div class="body">${raw(renderMarkdown(text.text, text.references, mark))}</div>
${raw(renderReferences(text.references, mark))}</div></details>`;
}

function standing(view: SignPageView): Html {
	const { charter, atLeast } = view;
	const few = atLeast.signatures === 0;
	const many = `At least ${spell(atLeast.signatures)} signatures`;
	if (view.state === 'scheduled') {
		return html`<p><b class="tab">${few ? 'Fewer than 10 signatures' : many}.</b> <span class="quiet">The organizers have opened the names and approved the list.</span></p>
<p class="quiet">${dates(view)}</p>`;
	}
	const count = few ? `Fewer than 10 signatures${view.state === 'open' ? ' so far' : ''}, sealed.` : `${many}, sealed.`;
	const all = charter.organizers.length;
	const together = all === 2 ? 'both organizers' : `${charter.threshold} of the ${all} organizers`;
	const opening = `The names open only when ${together} open them together.`;
	return html`<p><b class="tab">${count}</b> <span class="quiet">${opening}</span></p>
<p class="quiet">${dates(view)}</p>`;
}

function dates(view: SignPageView): Html {
	const { charter } = view;
	if (view.state === 'open') {
		return html`Sign until ${moment(charter.closesAt)}. After that you have ${hours(charter.lastCallHours)} to change your mind.`;
	}
	if (view.state === 'scheduled' && view.releaseAt !== null) {
		return html`Signing is over. The letter goes out on ${moment(view.releaseAt)}. If you signed, you can take your name off until then, and after.`;
	}
	const last = view.lastCallUntil;
	return html`Signing is over. ${last === null ? '' : html`Until ${moment(last)} nobody can open the names. `}If you signed, you can still take your name off.`;
}

const moment = (instant: string) => html`<time datetime="${instant}">${spellMoment(instant)}</time>`;

function hours(count: number): string {
	if (count % 24 !== 0) return `${count} ${plural(count, 'hour', 'hours')}`;
	return `${count / 24} ${plural(count / 24, 'day', 'days')}`;
}

const beforeYouSign = (charter: Charter) => html`<div class="note">
<p><b>Before you sign.</b> Use your own phone and network, not your company’s. Signing may not be legally protected where you live.${charter.advice === '' ? '' : html` You can ask: <bdi>${charter.advice}</bdi>`}</p>
<p>Your employer can see in its own mail log that a code was sent to you. <a href="/safety">What this protects, and what it cannot</a>. <a href="/questioned">If you are asked at work</a></p>
</div>`;

const afterSigning = (charter: Charter) =>
	html`<p class="small quiet">${charter.advice === '' ? '' : html`Whom you can ask: <bdi>${charter.advice}</bdi><br>`}<a href="/questioned">If you are asked about it at work</a></p>`;

/** With the dot that ends the sentence, where the last name has none of its own. */
function organizers(charter: Charter): Html {
	const names = charter.organizers.map((one) => html`<bdi>${one.name}</bdi>`);
	const shown = names.length > 4 ? names.slice(0, 2) : names;
	const others = names.length - shown.length;
	const last = others > 0 ? html`${others} others` : shown.pop();
	const dot = others === 0 && charter.organizers.at(-1)?.name.endsWith('.') ? '' : '.';
	return html`${shown.map((name, i) => html`${i > 0 ? ', ' : ''}${name}`)} and ${last}${dot}`;
}
