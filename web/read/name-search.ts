/** The field that finds signatories: made here, so that without JavaScript nothing of it is seen. The names are fetched when it is first used. */
import { msg, str } from '../../shared/locales/say.ts';
import { languageNow, spell } from '../../shared/pages/numbers.ts';
import { type FoundName, type NameLines, numberIn } from './name-lines.ts';

/** So many are listed; the number found is said. */
const MOST = 50;
/** Bytes of the index above which it is said how large it is, before it is fetched. */
const LARGE = 200_000;

type Names = (progress: (bytes: number) => void) => Promise<NameLines>;

/** @param place empty element of a letter's page, with `data-bytes` of the index @param fetchNames called again only if it failed */
export function addSearch(place: HTMLElement, fetchNames: Names): void {
	const bytes = Number(place.dataset.bytes);
	const field = make('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
	const said = make('p', { role: 'status' });
	const bar = make('progress', { max: String(bytes), 'aria-label': msg('Fetching the names') });
	const found = make('ul', { class: 'found', 'aria-label': msg('Found') });
	const form = make('form', { class: 'find', role: 'search' });
	const label = make('label', {}, msg('Find a name, title or number'), ' ', field);
	form.append(label, said, bar, found);
	bar.hidden = found.hidden = true;
	if (bytes > LARGE) said.textContent = msg(str`The first search fetches all names, at most ${size(bytes)}.`);

	let names: NameLines | null = null;
	let asked = false;
	const show = (lines: NameLines) => {
		const { count, first } = lines.find(field.value, MOST);
		found.replaceChildren(...first.map(row));
		found.hidden = count === 0;
		said.textContent = field.value.trim() === '' ? '' : saying(count, field.value);
	};
	const ask = async () => {
		if (names !== null) return show(names);
		if (asked || field.value.trim() === '') return;
		asked = true;
		bar.hidden = bytes <= LARGE;
		said.textContent = msg('Fetching the names.');
		try {
			names = await fetchNames((done) => {
				bar.value = done;
			});
			show(names);
		} catch {
			asked = false;
			said.textContent = msg(
				'The names could not be fetched. Type again to try again. All of them stand on one page, too: see the foot of the letter.',
			);
		}
		bar.hidden = true;
	};
	field.addEventListener('input', () => void ask());
	form.addEventListener('submit', (event) => event.preventDefault());
	form.addEventListener('keydown', (event) => {
		const links = [...found.querySelectorAll('a')];
		const at = links.indexOf(document.activeElement as HTMLAnchorElement);
		if (event.key === 'ArrowDown') links[at + 1]?.focus();
		else if (event.key === 'ArrowUp' && at >= 0) (links[at - 1] ?? field).focus();
		else if (event.key === 'Escape' && at >= 0) field.focus();
		else return;
		event.preventDefault();
	});
	place.replaceChildren(form);
}

function saying(count: number, words: string): string {
	const number = numberIn(words);
	if (count === 0 && number !== null)
		return msg(
			str`No name stands beside number ${number}. Anonymous signatures have numbers, too, and so have those taken off since.`,
		);
	if (count === 0) return msg('Nobody is found. Names are written as their signers wrote them.');
	const all = spell(count);
	return count > MOST ? msg(str`${all} found, the first ${spell(MOST)} are shown.`) : msg(str`${all} found.`);
}

function row({ number, name, title, group, href }: FoundName): HTMLElement {
	const as = [title, group].filter(Boolean).flatMap((one) => [make('bdi', {}, one), ', ']);
	const link = make(
		'a',
		{ href },
		make('b', { dir: 'auto' }, name),
		' ',
		make('span', {}, ...as, msg(str`number ${number}`)),
	);
	return make('li', {}, link);
}

const size = (bytes: number): string =>
	(bytes / 1e6).toLocaleString(languageNow(), { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });

function make<T extends keyof HTMLElementTagNameMap>(
	tag: T,
	attributes: Record<string, string>,
	...children: (Node | string)[]
): HTMLElementTagNameMap[T] {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
	element.append(...children);
	return element;
}
