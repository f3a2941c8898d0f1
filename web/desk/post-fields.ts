/** What is typed into a post, and how it is read. Pure but for its words: a fault names the input and says what to do. */
import { utf8 } from '../../shared/bytes.ts';
import type { NewPost } from '../../shared/client/posting.ts';
import { LIMITS } from '../../shared/limits.ts';
import { markdownFault } from '../../shared/markdown.ts';
import type { PostToShow } from '../../shared/post.ts';
import { isPrintedLine } from '../../shared/statement.ts';
import { FormTrouble } from './desk-element.ts';

export type WrittenKind = PostToShow['kind'];
type FieldName = 'title' | 'text' | 'from' | 'outlet' | 'address';
/** `most` in bytes of UTF-8. `ask` is said where it is empty. */
export type PostField = { name: FieldName; label: string; hint: string | null; ask: string; most: number };

const MARKDOWN =
	'Markdown: # a heading, **bold**, - a list, [words](https://…) for a link. There are no references here.';

export const POST_FORMS: Record<WrittenKind, { heading: string; what: string; fields: PostField[] }> = {
	update: {
		heading: 'Write an update',
		what: 'It stands under the letter with its date. It changes nothing of the letter itself.',
		fields: [
			{ name: 'title', label: 'Title', hint: null, ask: 'Give it a title.', most: LIMITS.title },
			{ name: 'text', label: 'Text', hint: MARKDOWN, ask: 'Write the text.', most: LIMITS.post },
		],
	},
	reply: {
		heading: 'Publish the reply',
		what: 'What the addressee answered, in the addressee’s own words. Readers see that you put it here.',
		fields: [
			{
				...{ name: 'from', label: 'Who replied', hint: 'Such as “The board of Northwind”.' },
				...{ ask: 'Say who replied.', most: LIMITS.addressees },
			},
			{
				name: 'text',
				label: 'The reply, word for word',
				hint: MARKDOWN,
				ask: 'Put the reply here.',
				most: LIMITS.post,
			},
		],
	},
	coverage: {
		heading: 'Link to the press',
		what: 'It stands in a list under the letter. Readers leave for it only if they press it.',
		fields: [
			{
				name: 'outlet',
				label: 'Outlet',
				hint: 'The paper, station or site.',
				ask: 'Name the outlet.',
				most: LIMITS.note,
			},
			{ name: 'title', label: 'Headline', hint: null, ask: 'Give its headline.', most: LIMITS.title },
			{
				...{ name: 'address', label: 'Address', hint: 'The whole link, beginning with https://.' },
				...{ ask: 'Paste the whole link.', most: LIMITS.postAddress },
			},
		],
	},
};

/** Id of the input. */
export const inputOf = (name: string): string => `post-${name}`;

/** @param typed as it stands in the inputs. @throws FormTrouble at the first field that is not as it must be */
export function readFields(kind: WrittenKind, typed: (name: FieldName) => string): NewPost {
	const field = (name: FieldName) => {
		const form = POST_FORMS[kind].fields.find((one) => one.name === name);
		if (form === undefined) throw new Error(`There is no ${name} in this form.`);
		return readField(form, typed(name));
	};
	if (kind === 'update') return { kind, title: field('title'), text: field('text') };
	if (kind === 'reply') return { kind, from: field('from'), text: field('text') };
	return { kind, outlet: field('outlet'), title: field('title'), address: field('address') };
}

function readField({ name, ask, most }: PostField, typed: string): string {
	const wrong = (message: string) => new FormTrouble(inputOf(name), message);
	const value = typed.toWellFormed().normalize('NFC').trim();
	if (value === '') throw wrong(ask);
	const read = name === 'address' ? readAddress(value) : value;
	if (read === null) throw wrong('This is not a link that readers can follow. Paste the whole of it, with https://.');
	if (utf8(read).length > most) {
		throw wrong(
			`This is too long: ${utf8(read).length.toLocaleString('en')} bytes, where ${most.toLocaleString('en')} fit.`,
		);
	}
	if (name === 'text') {
		const fault = markdownFault(read, null);
		if (fault) throw wrong(fault);
		return read;
	}
	if (!isPrintedLine(read)) throw wrong('This holds a character that cannot be seen. Type it again by hand.');
	return read;
}

/** As browsers spell it: hosts and paths in other scripts as ASCII. Null for what is no web address, or hides its host behind a user's name. */
function readAddress(typed: string): string | null {
	const url = URL.canParse(typed) ? new URL(typed) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) return null;
	return url.username === '' && url.password === '' ? url.href : null;
}
