/** How much still fits into a field: said before it is full, and beside the field once it is too long. Limits are bytes; people are told of characters. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Draft } from '../../shared/api/desk.ts';
import { utf8 } from '../../shared/bytes.ts';
import { LIMITS } from '../../shared/limits.ts';

/** From here on it is said how much is left. */
const NEARLY = 0.8;

/** Null as long as there is plenty. `over`: it cannot be saved as it is. */
export function roomIn(value: string, limit: number): { over: boolean; said: string } | null {
	const bytes = utf8(value).length;
	if (bytes <= limit * NEARLY) return null;
	// Letters of other scripts take two to four bytes: counted as this text has them.
	const characters = Math.max(1, Math.floor((Math.abs(limit - bytes) * value.length) / bytes));
	const many = `${characters.toLocaleString('en')} ${characters === 1 ? 'character' : 'characters'}`;
	if (bytes > limit) return { over: true, said: `This is too long to be saved. Shorten it by about ${many}.` };
	return { over: false, said: bytes === limit ? 'There is no more room.' : `Room for about ${many} more.` };
}

/** The line beside the field, with the id `ID-room`. */
export function roomLine(id: string, value: string, limit: number): TemplateResult | typeof nothing {
	const room = roomIn(value, limit);
	if (room === null) return nothing;
	return html`<p class=${room.over ? 'wrong' : 'hint'} id="${id}-room" role="status">${room.said}</p>`;
}

export const isOver = (value: string, limit: number): boolean => roomIn(value, limit)?.over === true;

/** The first field that is too long to be saved, or list that has too much in it, in words; null where all fit. */
export function tooLong(draft: Draft): string | null {
	const { groups, labels, advice, press, translations, deliveries } = draft;
	if (labels.length > LIMITS.labels) return `There are more than ${LIMITS.labels} labels`;
	if (deliveries.length > LIMITS.deliveries)
		return `There are more than ${LIMITS.deliveries} mail addresses of addressees`;
	const fields: [string, string, number][] = [
		...written(draft, 'The'),
		...translations.flatMap((one, i) => written(one, `Translation ${i + 1}: the`)),
		...groups.flatMap(({ name, headcount }): [string, string, number][] => [
			['A group’s name', name, LIMITS.groupName],
			['The source of a headcount', headcount?.source ?? '', LIMITS.headcountSource],
		]),
		...labels.map((label): [string, string, number] => [`The label “${label.slice(0, 20)}…”`, label, LIMITS.label]),
		...deliveries.map((one): [string, string, number] => ['A mail address of an addressee', one, LIMITS.address]),
		['The advice for signers', advice, LIMITS.advice],
		['The press contact', press, LIMITS.press],
	];
	const found = fields.find(([, value, limit]) => isOver(value, limit));
	return found ? `${found[0]} is too long` : null;
}

function written(text: Draft['translations'][number], the: string): [string, string, number][] {
	return [
		[`${the} title`, text.title, LIMITS.title],
		[`${the} line of addressees`, text.addressees, LIMITS.addressees],
		[`${the} text`, text.text, LIMITS.text],
		...text.references.map((one, i): [string, string, number] => [`${the} reference ${i + 1}`, one, LIMITS.reference]),
	];
}
