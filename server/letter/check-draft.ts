import * as v from 'valibot';
import type { Draft } from '../../shared/api/desk.ts';
import {
	type Charter,
	charterSchema,
	type TextDocument,
	textDocumentSchema,
	textLength,
} from '../../shared/charter.ts';
import { checkDomain } from '../../shared/domain.ts';
import { leastMajority } from '../../shared/draft-defaults.ts';
import { Fault } from '../../shared/fault.ts';
import { LIMITS } from '../../shared/limits.ts';
import { markdownFault } from '../../shared/markdown.ts';
import { holdsHidden } from '../../shared/statement.ts';
import { leavesTimeToRelease } from '../../shared/time-to-release.ts';
import { Problem } from '../platform/errors.ts';

/** What a draft says, once it is complete; keys, organizers and host come from elsewhere. */
export interface CompleteDraft {
	text: TextDocument;
	groups: Omit<Charter['groups'][number], 'issuer' | 'attester'>[];
	terms: Pick<
		Charter,
		| ('headcounts' | 'labels' | 'advice' | 'threshold' | 'closesAt')
		| ('lastCallHours' | 'expiresOn' | 'smallestCell' | 'codeOnly')
	>;
}

function refuse(field: string, detail: string): never {
	throw new Problem('invalid-input', { field, detail });
}

/** @param draft with its defaults. @throws Problem `invalid-input` about the first field that is missing or wrong, by its path: `groups.0.domains.1` */
export function checkDraft(draft: Draft, organizers: number, now: Date): CompleteDraft {
	requireVisible(draft);
	const text = checkText(draft);
	const groups = checkGroups(draft);
	requireDistinct(draft.labels, (i) => `labels.${i}`, 'This label is there twice.');
	if (organizers < 2) refuse('organizers', 'It takes at least two organizers. Invite another one first.');
	const threshold = checkThreshold(draft.threshold, organizers);
	const { closesAt, expiresOn } = checkDates(draft, now);
	const headcounts = draft.groups.flatMap(({ id, headcount }) => (headcount ? [{ group: id, ...headcount }] : []));
	const { labels, advice, lastCallHours, smallestCell, codeOnly } = draft;
	const terms = { headcounts, labels, advice, threshold, closesAt, lastCallHours, expiresOn, smallestCell, codeOnly };
	for (const field of ['labels', 'advice', 'threshold', 'lastCallHours', 'smallestCell'] as const) {
		fits(charterSchema.entries[field], terms[field], field);
	}
	return { text, groups, terms };
}

/** Characters that cannot be seen could turn what signers read into something else. The text itself is Markdown, shown in a frame of its own. */
function requireVisible({ title, addressees, groups, labels, references, translations, advice }: Draft): void {
	const lines: [string, string][] = [
		['title', title],
		['addressees', addressees],
		...groups.map(({ name }, i): [string, string] => [`groups.${i}.name`, name]),
		...labels.map((label, i): [string, string] => [`labels.${i}`, label]),
		...references.map((reference, i): [string, string] => [`references.${i}`, reference]),
		...translations.flatMap((one, i): [string, string][] => [
			[`translations.${i}.title`, one.title],
			[`translations.${i}.addressees`, one.addressees],
			...one.references.map((reference, j): [string, string] => [`translations.${i}.references.${j}`, reference]),
		]),
		...advice.split(/\r?\n/).map((line): [string, string] => ['advice', line]),
	];
	for (const [field, line] of lines)
		if (holdsHidden(line)) refuse(field, 'This holds a character that cannot be seen. Type it again by hand.');
}

function checkText(draft: Draft): TextDocument {
	const { title, addressees, language, text, references } = draft;
	const original = { language, title, addressees, text, references };
	checkWritten(original, '');
	draft.translations.forEach((translation, i) => {
		checkWritten(translation, `translations.${i}.`);
	});
	requireDistinct(
		[language, ...draft.translations.map((one) => one.language)].map((tag) => tag.toLowerCase()),
		(i) => (i === 0 ? 'language' : `translations.${i - 1}.language`),
		'The letter is there twice in this language.',
	);
	const document = { title, addressees, language, text, references, translations: draft.translations };
	if (textLength(document) > LIMITS.document)
		refuse('translations', 'Together with its translations the text is too long.');
	return document;
}

/** The text in one language. @param at what the path of its fields begins with */
function checkWritten(written: Draft['translations'][number], at: string): void {
	if (written.title.trim() === '') refuse(`${at}title`, 'Give the letter a title.');
	if (written.text.trim() === '') refuse(`${at}text`, 'The letter has no text yet.');
	const fault = markdownFault(written.text, written.references);
	if (fault) refuse(`${at}text`, fault);
	for (const field of ['title', 'addressees', 'language', 'text', 'references'] as const) {
		fits(textDocumentSchema.entries[field], written[field], `${at}${field}`);
	}
}

function checkGroups({ groups }: Draft): CompleteDraft['groups'] {
	if (groups.length === 0) refuse('groups', 'Say who may sign: add at least one group.');
	requireDistinct(
		groups.map(({ id }) => id),
		(i) => `groups.${i}`,
		'This group is there twice.',
	);
	const taken = new Set<string>();
	return groups.map(({ id, name, proof, domains, limit, headcount }, i) => {
		const at = `groups.${i}`;
		if (name.trim() === '') refuse(`${at}.name`, 'Give the group a name.');
		if (headcount && headcount.source.trim() === '') {
			refuse(`${at}.headcount.source`, 'Say where the number comes from, or leave it out.');
		}
		if (headcount) fits(charterSchema.entries.headcounts, [{ group: id, ...headcount }], `${at}.headcount`);
		if (proof === 'voucher') {
			if (limit === null || limit < 1) refuse(`${at}.limit`, 'Say how many vouchers there may be at most.');
			return { ...fitsGroup({ id, name, proof, domains: [], limit }, at) };
		}
		if (domains.length === 0) refuse(`${at}.domains`, 'Name at least one domain of the employer’s mail.');
		const clean = domains.map((domain, j) => freeDomain(domain, `${at}.domains.${j}`, taken));
		return fitsGroup({ id, name, proof, domains: clean, limit: null }, at);
	});
}

/** @returns the domain in lower case, added to those taken */
function freeDomain(typed: string, field: string, taken: Set<string>): string {
	const domain = asProblem(field, () => checkDomain(typed.trim()));
	if (taken.has(domain)) refuse(field, 'This domain is there twice. A mailbox belongs to one group only.');
	taken.add(domain);
	return domain;
}

function asProblem<T>(field: string, check: () => T): T {
	try {
		return check();
	} catch (fault) {
		if (fault instanceof Fault) refuse(field, fault.message);
		throw fault;
	}
}

function checkThreshold(threshold: number | null, organizers: number): number {
	if (threshold !== null && threshold >= 2 && threshold <= organizers && threshold * 2 > organizers) return threshold;
	const least = leastMajority(organizers);
	const range = least === organizers ? `${least}` : `${least} to ${organizers}`;
	return refuse('threshold', `Of ${organizers} organizers, ${range} must agree: more than half.`);
}

function checkDates({ closesAt, expiresOn, lastCallHours }: Draft, now: Date): { closesAt: string; expiresOn: string } {
	if (closesAt === null) refuse('closesAt', 'Say until when people can sign.');
	if (Date.parse(closesAt) <= now.getTime()) refuse('closesAt', 'This lies in the past.');
	if (expiresOn === null) refuse('expiresOn', 'Say when everything is erased if the letter has not gone out.');
	if (!leavesTimeToRelease({ closesAt, lastCallHours, expiresOn })) {
		const detail = `Leave at least ${LIMITS.daysToRelease} days after last call to open the names, check them and release. Choose a later day.`;
		refuse('expiresOn', detail);
	}
	return { closesAt, expiresOn };
}

function requireDistinct(values: string[], fieldOf: (i: number) => string, detail: string): void {
	const twice = values.findIndex((value, i) => values.indexOf(value) !== i);
	if (twice >= 0) refuse(fieldOf(twice), detail);
}

const groupShape = v.omit(v.strictObject(charterSchema.entries.groups.pipe[0].item.entries), ['issuer', 'attester']);

function fitsGroup(group: CompleteDraft['groups'][number], at: string): CompleteDraft['groups'][number] {
	fits(groupShape, group, at);
	return group;
}

/** Whatever the charter's own schema still refuses, by its path. */
function fits(schema: v.GenericSchema, value: unknown, field: string): void {
	const checked = v.safeParse(schema, value);
	if (checked.success) return;
	const [issue] = checked.issues;
	const path = v.getDotPath(issue);
	refuse(path ? `${field}.${path}` : field, 'This is empty, too long, or not of the form that is needed.');
}
