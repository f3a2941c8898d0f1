import type { Coding } from './published-store.ts';

const codings: readonly Coding[] = ['br', 'gzip', 'identity'];

/** One of the list: its name and its weight, from 0 to 1 (RFC 9110, sections 12.4.2 and 12.5.3). */
const listed = /^\s*([\w*-]+)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i;

/**
 * Codings in which a client wants a file, the best first; at equal weight the smallest. It is sent as it is where nothing else is accepted, as
 * RFC 9110, section 12.5.3, says for a header that rules everything else out.
 */
export function acceptedCodings(header: string | undefined): Coding[] {
	const weights = new Map<string, number>();
	for (const one of (header ?? '').split(',')) {
		const [, name, weight] = listed.exec(one) ?? [];
		if (name !== undefined) weights.set(name.toLowerCase().replace(/^x-gzip$/, 'gzip'), Number(weight ?? 1));
	}
	const weightOf = (coding: Coding) => weights.get(coding) ?? weights.get('*') ?? 0;
	const wanted = codings.filter((coding) => weightOf(coding) > 0).sort((a, b) => weightOf(b) - weightOf(a));
	return wanted.includes('identity') ? wanted : [...wanted, 'identity'];
}

/** The header of whoever accepts these, the best first: `acceptedCodings` reads the same out of it. */
export const acceptingCodings = (codings: readonly Coding[]): string =>
	codings.map((coding, at) => `${coding};q=${1 - at / 10}`).join(', ');
