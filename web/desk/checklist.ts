/** What stands between a draft and freezing it, each point with the place where it is put right. */
import type { DeskView, Draft } from '../../shared/api/desk.ts';
import { checkDomain } from '../../shared/domain.ts';
import { withDefaults } from '../../shared/draft-defaults.ts';
import { Fault } from '../../shared/fault.ts';
import { markdownFaults } from '../../shared/markdown.ts';
import { ended, joinNames } from '../../shared/pages/people.ts';
import { languageName } from './languages.ts';

/** `fix`: id of the input to go to. `must` false: better so, but freezing goes without. */
export type Point = { done: boolean; must: boolean; text: string; detail: string; fix: string };

const HOUR = 3_600_000;

/** @param typed as it stands in the draft: what nobody chose is judged by its default. */
export function checklist(view: DeskView, typed: Draft): Point[] {
	const draft = withDefaults(typed, view.organizers.length, new Date(view.letter.now));
	return [
		...letterPoints(draft),
		...groupPoints(draft),
		...peoplePoints(view, draft),
		...datePoints(draft, view.letter.now),
	];
}

export function ready(points: readonly Point[]): boolean {
	return points.every((point) => point.done || !point.must);
}

function point(text: string, fix: string, problem: string | null, must = true): Point {
	return { done: problem === null, must, text, detail: problem ?? '', fix };
}

function letterPoints(draft: Draft): Point[] {
	const [fault] = markdownFaults(draft.text, draft.references);
	const empty = draft.references.findIndex((reference) => reference.trim() === '');
	return [
		point('A title', 'title', draft.title.trim() === '' ? 'Give the letter a title.' : null),
		point('A text', 'text', textProblem(draft, fault)),
		point('References', 'references', empty < 0 ? null : `Reference ${empty + 1} is empty: fill it in or remove it.`),
		...translationPoints(draft),
		point(
			'Somebody whom signers may ask for advice',
			'advice',
			draft.advice.trim() === '' ? 'Name a person, a union or a lawyer.' : null,
			false,
		),
		point(
			'A press contact',
			'press',
			draft.press.trim() === '' ? 'Journalists want a name to call. It can wait until the release.' : null,
			false,
		),
	];
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
	if (group.name.trim() === '') return 'Give each group a name, such as the employer’s.';
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

export function domainProblem(domain: string): string | null {
	try {
		checkDomain(domain);
		return null;
	} catch (fault) {
		return fault instanceof Fault ? fault.message : 'This is not a mail domain.';
	}
}

function peoplePoints({ organizers, invitations }: DeskView, { threshold }: Draft): Point[] {
	const n = organizers.length;
	const unready = organizers.filter((one) => !one.wordsChecked).map((one) => one.name);
	const fits = threshold !== null && threshold >= 2 && threshold <= n && threshold * 2 > n;
	return [
		point('At least two organizers', 'people', n < 2 ? 'Invite somebody whom you trust.' : null),
		point(
			'Everyone has checked their words',
			'people',
			unready.length === 0
				? null
				: `${ended(`Not yet: ${joinNames(unready)}`)} They find it under “Your keys and devices”.`,
		),
		point(
			'No invitation is open',
			'people',
			invitations.length === 0 ? null : 'Whoever comes in after freezing cannot be an organizer.',
			false,
		),
		point(
			'How many must act together',
			'threshold',
			fits ? null : 'Choose a number that is more than half of the organizers.',
		),
	];
}

/** Both dates stand by now, chosen or by default; only one that was chosen can be wrong. */
function datePoints({ closesAt, expiresOn, lastCallHours }: Draft, now: string): Point[] {
	const [closes, expires] = [Date.parse(closesAt ?? ''), Date.parse(expiresOn ?? '')];
	return [
		point('A closing date', 'closes', closes <= Date.parse(now) ? 'The closing date is over.' : null),
		point(
			'An expiry date',
			'expires',
			expires < closes + lastCallHours * HOUR ? 'It must leave room for the last call after closing.' : null,
		),
	];
}
