/** What somebody says who reports a letter to its host: a form that works without JavaScript. */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { msg, str } from '../locales/say.ts';

/** Why, in the words that the form and the mail use. */
export const REPORT_REASONS = {
	person: () => msg('A name stands on it without that person’s will'),
	text: () => msg('Its text says something about somebody that must not stand there'),
	forged: () => msg('It is not from the people whom it claims to be from'),
	other: () => msg('Something else'),
} as const;
export type ReportReason = keyof typeof REPORT_REASONS;

/** A form's fields as they were typed, all of them there, some perhaps empty. */
export type ReportFields = { letter: string; reason: string; text: string; answer: string };
export type Report = { letter: string; reason: ReportReason; text: string; answer: string };
export const REPORT_FIELDS = ['letter', 'reason', 'text', 'answer'] as const satisfies readonly (keyof ReportFields)[];

/** What is wrong with one field, in words that say what to do. */
export type ReportProblem = { field: keyof ReportFields | null; message: string };

const line = (most: number, message: () => string) =>
	v.pipe(
		v.string(),
		v.transform((typed) => typed.replaceAll(CONTROLS, ' ').trim()),
		v.maxBytes(most, message),
	);
/** All control characters but tab and line feed: a mail shows none of them. */
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;
const CONTROLS_IN_TEXT = /(?![\t\n])[\p{Cc}\u2028\u2029]/gu;

const reportSchema = v.object({
	letter: v.pipe(
		line(LIMITS.note, () => msg(str`The address of the letter may have ${LIMITS.note} characters.`)),
		v.nonEmpty(() => msg('Say which letter you mean: its address, or its title.')),
	),
	reason: v.picklist(Object.keys(REPORT_REASONS) as ReportReason[], () => msg('Choose what is wrong with it.')),
	text: v.pipe(
		v.string(),
		v.transform((typed) => typed.replaceAll(/\r\n?/g, '\n').replaceAll(CONTROLS_IN_TEXT, ' ').trim()),
		v.nonEmpty(() => msg('Say what is wrong, and where it stands.')),
		v.maxBytes(LIMITS.report, () =>
			msg(
				str`Say it more shortly: there is room for ${LIMITS.report} characters, fewer with accents or in other scripts.`,
			),
		),
	),
	answer: line(LIMITS.answerTo, () => msg(str`The address for an answer may have ${LIMITS.answerTo} characters.`)),
});

/** @returns the report, cleaned of what no mail shows; or what is wrong with each field */
export function readReport(
	fields: ReportFields,
): { report: Report; problems: [] } | { report: null; problems: ReportProblem[] } {
	const result = v.safeParse(reportSchema, fields);
	if (result.success) return { report: result.output, problems: [] };
	const wrong = new Map<ReportProblem['field'], string>();
	for (const issue of result.issues) {
		const key = issue.path?.[0]?.key;
		const field = REPORT_FIELDS.find((one) => one === key) ?? null;
		if (!wrong.has(field)) wrong.set(field, issue.message);
	}
	return { report: null, problems: [...wrong].map(([field, message]) => ({ field, message })) };
}
