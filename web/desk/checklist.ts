/** What stands between a draft and freezing it, each point with the place where it is put right. */
import type { DeskView, Draft } from '../../shared/api/desk.ts';
import { textLength } from '../../shared/charter.ts';
import { checkDomain } from '../../shared/domain.ts';
import { withDefaults } from '../../shared/draft-defaults.ts';
import { Fault } from '../../shared/fault.ts';
import { LIMITS } from '../../shared/limits.ts';
import { mistakable } from '../../shared/look-alike.ts';
import { markdownFaults } from '../../shared/markdown.ts';
import { leavesTimeToRelease } from '../../shared/time-to-release.ts';
import { type Point, point } from './checklist-point.ts';
import type { Unread } from './draft-copy.ts';
import { languageName } from './languages.ts';
import { peoplePoints, testMailPoints } from './readiness-points.ts';

export type { Point };

/**
 * @param typed as it stands in the draft: what nobody chose is judged by its default
 * @param unread what was typed as a number and is none
 */
export function checklist(view: DeskView, typed: Draft, unread: Unread = new Map()): Point[] {
	const draft = withDefaults(typed, view.organizers.length, new Date(view.letter.now));
	return [
		...letterPoints(draft),
		...groupPoints(draft),
		...unreadPoints(draft, unread),
		...testMailPoints(view, draft),
		...peoplePoints(view),
		...thresholdPoints(view.organizers.length, draft),
		...datePoints(draft, view.letter.now),
	];
}

export function ready(points: readonly Point[]): boolean {
	return points.every((point) => point.done || point.weight !== 'must');
}

/** Nobody freezes a headcount or a limit that stands on the screen otherwise than in the draft. */
function unreadPoints({ groups }: Draft, unread: Unread): Point[] {
	const fields = groups.flatMap(({ id, name }, i) => [
		{ what: `${id}-count`, fix: `group-${i}-count`, text: `${name}: how many people work there` },
		{ what: `${id}-limit`, fix: `group-${i}-limit`, text: `${name}: how many vouchers` },
	]);
	return fields
		.filter(({ what }) => unread.has(what))
		.map(({ fix, text }) => point(text, fix, 'What is typed there is no whole number, and is not saved.'));
}

function letterPoints(draft: Draft): Point[] {
	const [fault] = markdownFaults(draft.text, draft.references);
	const empty = draft.references.findIndex((reference) => reference.trim() === '');
	return [
		point('A title', 'title', draft.title.trim() === '' ? 'Give the letter a title.' : null),
		point('A text', 'text', textProblem(draft, fault)),
		point('References', 'references', empty < 0 ? null : `Reference ${empty + 1} is empty: fill it in or remove it.`),
		...translationPoints(draft),
		...lengthPoints(draft),
		point(
			'Somebody whom signers may ask for advice',
			'advice',
			draft.advice.trim() === '' ? 'Name a person, a union or a lawyer.' : null,
			'advised',
		),
		point(
			'A press contact',
			'press',
			draft.press.trim() === '' ? 'Journalists want a name to call. It can be added until the release.' : null,
			'advised',
		),
	];
}

/** Of the original and all translations together; only said once it is too much. */
function lengthPoints(draft: Draft): Point[] {
	const over = textLength(draft) - LIMITS.document;
	if (over <= 0) return [];
	const problem = `Together they are too long by about ${over.toLocaleString('en')} letters. Shorten them, or leave a translation out.`;
	return [point('The text with all its translations', 'translations-heading', problem)];
}

function translationPoints({ language, translations }: Draft): Point[] {
	const languages = [language, ...translations.map((one) => one.language)];
	return translations.map((one, i) => {
		const [fault] = markdownFaults(one.text, one.references);
		const at = `translation-${i}-`;
		const what = `The translation into ${languageName(one.language)}`;
		if (languages.indexOf(one.language) <= i)
			return point(what, `${at}language`, 'The letter is there twice in this language.');
		if (one.title.trim() === '') return point(what, `${at}title`, 'Give it a title.');
		const empty = one.references.findIndex((reference) => reference.trim() === '');
		if (empty >= 0) return point(what, `${at}references`, `Reference ${empty + 1} is empty: fill it in or remove it.`);
		return point(what, `${at}text`, textProblem(one, fault));
	});
}

function textProblem(draft: Pick<Draft, 'text'>, fault: { line: number; reason: string } | undefined): string | null {
	if (draft.text.trim() === '') return 'Write what you want to say.';
	return fault ? `Line ${fault.line}: ${fault.reason}` : null;
}

function groupPoints(draft: Draft): Point[] {
	if (draft.groups.length === 0)
		return [point('Who can sign', 'first-domain', 'Add a group: the employer’s mail domain is enough.')];
	const labels = draft.labels.map((label) => label.trim());
	const twice = new Set(labels).size !== labels.length || labels.includes('');
	return [
		point(
			'Who can sign',
			'groups',
			draft.groups.map((group) => groupProblem(group, draft)).find((problem) => problem !== null) ?? null,
		),
		point('Labels for the anonymous', 'labels', twice ? 'A label stands twice, or is empty.' : null),
	];
}

/** What keeps a group from being frozen; null where nothing does. */
export function groupProblem(group: Draft['groups'][number], draft: Draft): string | null {
	const name = group.name.trim() || 'A group';
	if (group.headcount && group.headcount.source.trim() === '') return `${name}: say where the headcount comes from.`;
	if (group.proof === 'voucher') {
		return group.limit === null || group.limit < 1 || group.limit > 10_000
			? `${name}: between 1 and 10,000 vouchers.`
			: null;
	}
	if (group.domains.length === 0) return `${name}: add a mail domain.`;
	for (const domain of group.domains) {
		const problem = domainProblem(domain);
		if (problem) return `${domain}: ${problem}`;
		const holders = draft.groups.filter((other) => other.domains.includes(domain));
		if (holders.length > 1) return `${domain} stands in two groups. Take it out of one.`;
	}
	return new Set(group.domains).size === group.domains.length ? null : `${name}: a domain stands there twice.`;
}

/** Other domains of the letter for which this one could be taken: right perhaps, and shown beside both. */
export function mistakenFor(domain: string, draft: Draft): string[] {
	return draft.groups.flatMap((group) => group.domains.filter((other) => mistakable(domain, other)));
}

export function domainProblem(domain: string): string | null {
	try {
		checkDomain(domain);
		return null;
	} catch (fault) {
		return fault instanceof Fault ? fault.message : 'This is not a mail domain.';
	}
}

/** Somebody alone has nothing to choose yet. */
function thresholdPoints(organizers: number, { threshold }: Draft): Point[] {
	if (organizers < 2) return [];
	// With fewer than two of them there is nothing to choose yet: that is a point of its own.
	const fits =
		organizers < 2 || (threshold !== null && threshold >= 2 && threshold <= organizers && threshold * 2 > organizers);
	const problem = fits ? null : 'Choose a number that is more than half of the organizers.';
	return [point('How many must act together', 'threshold', problem)];
}

/** Both dates stand by now, chosen or by default; only one that was chosen can be wrong. */
function datePoints({ closesAt, expiresOn, lastCallHours }: Draft, now: string): Point[] {
	const closes = Date.parse(closesAt ?? '');
	const room = leavesTimeToRelease({ closesAt: closesAt ?? '', lastCallHours, expiresOn: expiresOn ?? '' });
	const tight = `It must leave ${LIMITS.daysToRelease} days after last call to open the names, check them and release.`;
	return [
		point('A closing date', 'closes', closes <= Date.parse(now) ? 'The closing date is over.' : null),
		point('An expiry date', 'expires', room ? null : tight),
	];
}
