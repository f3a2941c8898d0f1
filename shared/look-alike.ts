/**
 * Domains that pass for another one at a glance. Of a mail provider such a one proves nothing, and is refused; of another domain of the same letter it
 * may be right, and is shown beside it. Proven by test/shared/look-alike.test.ts.
 */
import { COINED, DISPOSABLE, PUBLIC_MAIL } from './domain-lists.ts';

/** Second levels under which countries sell names: of `mail.company.co.uk` the name is `company`. */
const SECOND_LEVELS: ReadonlySet<string> = new Set(['ac', 'co', 'com', 'edu', 'gov', 'net', 'ne', 'or', 'org']);

type Parts = { name: string; suffix: string };

/** What somebody registered, and what it stands under; of sub-domains only that. */
function partsOf(domain: string): Parts {
	const labels = domain.split('.');
	const suffixLength = labels.length > 2 && SECOND_LEVELS.has(labels.at(-2) ?? '') ? 2 : 1;
	const at = Math.max(0, labels.length - suffixLength - 1);
	return { name: labels[at] ?? '', suffix: labels.slice(at + 1).join('.') };
}

/** As the eye may take it: `rn` for m, `vv` for w, 0 for o, 5 for s; a hyphen is overlooked. A 1 stands for l or for i. */
const asSeen = (name: string, one: 'l' | 'i'): string =>
	name
		.replaceAll('-', '')
		.replaceAll('rn', 'm')
		.replaceAll('vv', 'w')
		.replaceAll('0', 'o')
		.replaceAll('5', 's')
		.replaceAll('1', one);

const looksLike = (a: string, b: string): boolean =>
	(['l', 'i'] as const).some((one) => asSeen(a, one) === asSeen(b, one));

/** Shorter names are too close to each other by chance. */
const LEAST_LETTERS = 5;

/** One letter more, less, another, or two neighbours swapped (Damerau's four), but for the first letter, which nobody overlooks. */
export function oneEdit(a: string, b: string): boolean {
	if (a === b || Math.max(a.length, b.length) < LEAST_LETTERS || Math.abs(a.length - b.length) > 1) return false;
	let at = 0;
	while (at < a.length && a[at] === b[at]) at++;
	if (at === 0) return false;
	const [restA, restB] = [a.slice(at), b.slice(at)];
	if (a.length !== b.length) return a.length > b.length ? restA.slice(1) === restB : restB.slice(1) === restA;
	return restA.slice(1) === restB.slice(1) || (swapped(restA, restB) && restA.slice(2) === restB.slice(2));
}

const swapped = (a: string, b: string) => a[0] === b[1] && a[1] === b[0] && a[0] !== undefined;

/**
 * The mail provider that this domain passes for; null for none, and for a provider itself.
 * @param domain in lower case
 */
export function providerLike(domain: string): string | null {
	const own = partsOf(domain);
	for (const provider of [...PUBLIC_MAIL, ...DISPOSABLE]) {
		const other = partsOf(provider);
		const coined = COINED.has(other.name);
		if (own.name === other.name && own.suffix === other.suffix) continue;
		// `gmail.co`, `hotmail.be`: a name made for mail is that under every suffix.
		if (looksLike(own.name, other.name) && (coined || own.suffix === other.suffix)) return provider;
		if (coined && own.suffix === other.suffix && oneEdit(own.name, other.name)) return provider;
	}
	return null;
}

/** Whether two domains of one letter could be taken for each other. Both in lower case; neither order matters. */
export function mistakable(a: string, b: string): boolean {
	if (a === b) return false;
	const [one, other] = [partsOf(a), partsOf(b)];
	if (one.name === other.name || one.suffix !== other.suffix) return false;
	return looksLike(one.name, other.name) || oneEdit(one.name, other.name);
}
