/**
 * Texts of the pages in the reader's language. What people read goes through `msg`, as one whole sentence or paragraph: a sentence that is put
 * together from parts cannot be translated. Catalogs stand in shared/locales/pages; `npm run words` finds every text (docs/languages.md).
 */
import { generateMsgId } from '@lit/localize/internal/id-generation.js';
import type { StrResult } from '@lit/localize/internal/str-tag.js';
import type { MsgFn, MsgOptions } from '@lit/localize/internal/types.js';
import { html as document, raw } from 'hono/html';
import { inOrder, say as sayPlainly, spoken, str } from '../locales/say.ts';

type Escaped = ReturnType<typeof document>;
interface WithParts {
	strings: TemplateStringsArray;
	values: unknown[];
}

/** As hono's, and remembers what it was made of, so that `msg` can put the same values into another language's sentence. */
export const html = (strings: TemplateStringsArray, ...values: unknown[]): Escaped & WithParts =>
	Object.assign(document(strings, ...values), { strings, values });

function say(words: string | StrResult): string;
function say(words: Escaped & WithParts): Escaped;
function say(words: string | StrResult | (Escaped & WithParts), _options?: MsgOptions): string | Escaped {
	// Plain text is escaped where it is put into a page.
	if (typeof words === 'string' || 'strTag' in words) return sayPlainly(words);
	const other = spoken().templates?.[generateMsgId([...words.strings], true)];
	return other && typeof other !== 'string' ? document(other.strings, ...inOrder(words, other)) : words;
}

/** `msg('…')`, `msg(str`… ${value} …`)`, `msg(html`… <b>${value}</b> …`)`. Known to the extraction by its type. */
export const msg: typeof say & Pick<MsgFn, '_LIT_LOCALIZE_MSG_'> = say;

export { raw, spoken, str };
