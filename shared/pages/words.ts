/**
 * Texts of the pages in the reader's language. What people read goes through `msg`, as one whole sentence or paragraph: a sentence that is put
 * together from parts cannot be translated. Catalogs stand in shared/locales/pages; `npm run words` finds every text (docs/languages.md).
 */
import { generateMsgId } from '@lit/localize/internal/id-generation.js';
import { joinStringsAndValues } from '@lit/localize/internal/str-tag.js';
import type { MsgFn, MsgOptions } from '@lit/localize/internal/types.js';
import { html as document, raw } from 'hono/html';
import type { Localized, Spoken } from '../locales/spoken.ts';
import { ENGLISH } from '../locales/spoken.ts';

type Escaped = ReturnType<typeof document>;
interface WithParts {
	strings: TemplateStringsArray;
	values: unknown[];
}
type Words = { strTag: true; strings: TemplateStringsArray; values: unknown[] };

/** As hono's, and remembers what it was made of, so that `msg` can put the same values into another language's sentence. */
export const html = (strings: TemplateStringsArray, ...values: unknown[]): Escaped & WithParts =>
	Object.assign(document(strings, ...values), { strings, values });

/** A text with values in it, to go through `msg`. It is plain text: escaped where it is put into a page. */
export const str = (strings: TemplateStringsArray, ...values: unknown[]): Words => ({ strTag: true, strings, values });

let read: () => Spoken | undefined = () => undefined;

/** Who says in which language a page is being made: a server makes many at once. */
export function speakThrough(current: () => Spoken | undefined): void {
	read = current;
}

/** The language of the page that is being made. */
export const spoken = (): Spoken => read() ?? ENGLISH;

function say(words: string | Words): string;
function say(words: Escaped & WithParts): Escaped;
function say(words: string | Words | (Escaped & WithParts), _options?: MsgOptions): string | Escaped {
	const { templates } = spoken();
	if (typeof words === 'string') return plain(templates?.[generateMsgId(words, false)]) ?? words;
	const marked = !('strTag' in words);
	const other = templates?.[generateMsgId([...words.strings], marked)];
	if (marked) return other && typeof other !== 'string' ? document(other.strings, ...inOrder(words, other)) : words;
	if (typeof other === 'string') return other;
	return other
		? joinStringsAndValues(other.strings, inOrder(words, other))
		: joinStringsAndValues(words.strings, words.values);
}

const plain = (other: Localized | undefined) => (typeof other === 'string' ? other : undefined);

/** A translation names the values by their places in the source. */
const inOrder = (words: { values: unknown[] }, other: { values: unknown[] }) =>
	other.values.map((place) => words.values[Number(place)]);

/** `msg('…')`, `msg(str`… ${value} …`)`, `msg(html`… <b>${value}</b> …`)`. Known to the extraction by its type. */
export const msg: typeof say & Pick<MsgFn, '_LIT_LOCALIZE_MSG_'> = say;

export { raw };
