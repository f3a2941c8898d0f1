/** A list of work addresses that organizers want to write to, as it is typed or uploaded (docs/protocol.md, section 4). */
import { b64u, fromB64u, hash, utf8 } from './bytes.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';
import type { DomainCount } from './mailing.ts';
import { type AddressGroup, readWorkAddress } from './work-address.ts';

export const ROSTER_REFUSALS = [
	'address-domain',
	'address-role',
	'address-format',
	'address-not-ascii',
	'twice',
] as const;
export type RosterRefusal = (typeof ROSTER_REFUSALS)[number];

/** `line` counts from 1; `typed` is what stands there, cut to 100 characters. For the browser that read it alone. */
export type RefusedAddress = { line: number; typed: string; why: RosterRefusal };

export type ReadRoster = {
	/** Normal forms, each once, ascending. */
	addresses: string[];
	refused: RefusedAddress[];
	/** Lines with something on them, and no address: a heading, a name. */
	without: number;
};

/** What stands between the cells of a table, around an address (`Kim Doe <kim@…>`), or between several on one line. */
const BETWEEN = /[\s,;<>"()[\]|]+/;

/**
 * Reads lists as people have them: one address a line, several on one, or a table out of another program with addresses in some column.
 * @param typed at most as long as a browser can hold; lines end in any way
 */
export function readRoster(typed: string, groups: AddressGroup[]): ReadRoster {
	const addresses = new Set<string>();
	const refused: RefusedAddress[] = [];
	let without = 0;
	for (const [i, line] of typed.split(/\r\n|\r|\n/).entries()) {
		const found = line.split(BETWEEN).filter((piece) => piece.includes('@'));
		if (found.length === 0 && line.trim() !== '') without++;
		for (const piece of found) {
			const read = readOne(piece, groups, addresses);
			if (read !== null) refused.push({ line: i + 1, typed: piece.slice(0, 100), why: read });
		}
	}
	return { addresses: [...addresses].sort(), refused, without };
}

/** @returns why it is refused; null once it stands among the addresses */
function readOne(piece: string, groups: AddressGroup[], addresses: Set<string>): RosterRefusal | null {
	// Quoted as some tables are; the sign may also begin a name, as in o'brien, so it goes at both ends or not at all.
	const bare = piece.replace(/^'(.*)'$/, '$1').replace(/^mailto:/i, '');
	try {
		const { normalForm } = readWorkAddress(bare, groups);
		if (addresses.has(normalForm)) return 'twice';
		addresses.add(normalForm);
		return null;
	} catch (fault) {
		const code = fault instanceof Fault ? ROSTER_REFUSALS.find((one) => one === fault.code) : undefined;
		if (code === undefined) throw fault;
		return code;
	}
}

/** How many at each domain, by domain. @param addresses normal forms */
export function countByDomain(addresses: readonly string[]): DomainCount[] {
	const counts = new Map<string, number>();
	for (const address of addresses) {
		const domain = address.slice(address.indexOf('@') + 1);
		counts.set(domain, (counts.get(domain) ?? 0) + 1);
	}
	return [...counts].map(([domain, count]) => ({ domain, count })).sort((a, b) => (a.domain < b.domain ? -1 : 1));
}

/**
 * When the letter closes it says how many of each group came with a roster code: of a list of one that would be somebody.
 * @returns the name of a group of which there are some on the list, but fewer than LIMITS.rosterLeast; null where there is none
 */
export function tooFewOf(
	domains: readonly DomainCount[],
	groups: readonly { name: string; domains: string[] }[],
): string | null {
	const few = groups.find((group) => {
		const here = domains.reduce((sum, { domain, count }) => sum + (group.domains.includes(domain) ? count : 0), 0);
		return here > 0 && here < LIMITS.rosterLeast;
	});
	return few?.name ?? null;
}

/** The hash of a list. Salted: a list of a whole staff could be guessed as a whole. @param salt b64u of 32 bytes. @param addresses normal forms, ascending */
export async function rosterHash(salt: string, addresses: readonly string[]): Promise<string> {
	return b64u(await hash('undersigned/roster/1', fromB64u(salt, 32), ...addresses.map(utf8)));
}
