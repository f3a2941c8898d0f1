/**
 * Texts of code that servers and browsers share: faults of what people typed, words of error codes, what a client says. As one whole sentence or
 * paragraph through `msg`, like all that people read (docs/languages.md). Whoever runs the code says in which language; in English unless somebody does.
 */
import { generateMsgId } from '@lit/localize/internal/id-generation.js';
import { joinStringsAndValues, type StrResult, str } from '@lit/localize/internal/str-tag.js';
import type { MsgFn, MsgOptions } from '@lit/localize/internal/types.js';
import { ENGLISH, type Localized, type Spoken } from './spoken.ts';

let read: () => Spoken | undefined = () => undefined;

/** Who says which language is spoken at this moment: a server answers many at once, a browser one person. */
export function speakThrough(current: () => Spoken | undefined): void {
	read = current;
}

let inside: Spoken | undefined;

/** @returns what `work` returns, who says all in this one language, whoever asked: a page of a letter is in the letter's. `work` is done when it returns. */
export function speaking<Made>(language: Spoken, work: () => Made): Made {
	const outside = inside;
	inside = language;
	try {
		return work();
	} finally {
		inside = outside;
	}
}

/** The language that is spoken at this moment. */
export const spoken = (): Spoken => inside ?? read() ?? ENGLISH;

/** Of a text that is known at run time only; what stands in the code goes through `msg`. */
export function say(words: string | StrResult, _options?: MsgOptions): string {
	const { templates } = spoken();
	const plain = typeof words === 'string';
	const other = templates?.[generateMsgId(plain ? words : [...words.strings], false)];
	if (typeof other === 'string') return other;
	if (plain) return words;
	return other
		? joinStringsAndValues(other.strings, inOrder(words, other))
		: joinStringsAndValues(words.strings, words.values);
}

/** A translation names the values by their places in the source. */
export const inOrder = (words: { values: unknown[] }, other: Exclude<Localized, string>): unknown[] =>
	other.values.map((place) => words.values[Number(place)]);

/** `msg('…')`, `msg(str`… ${value} …`)`: plain text. Known to the extraction by its type. */
export const msg: typeof say & Pick<MsgFn, '_LIT_LOCALIZE_MSG_'> = say;

/** A text with values in it, to go through `msg`. */
export { str };
