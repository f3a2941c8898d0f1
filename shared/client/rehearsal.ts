/**
 * What changed since an organizer last rehearsed a release in this browser. What is kept for it holds no name and nothing that could be compared with a
 * list of staff: keyed hashes under a key from the organizer's seed. Proven by test/shared/client/rehearsal.test.ts.
 */
import * as v from 'valibot';
import { b64u, frame, utf8 } from '../bytes.ts';
import type { Organizer } from './organizer.ts';
import type { DraftRelease } from './releasing.ts';

/** Parts of a release, besides its signatures, and what they are called. */
export const RELEASE_PARTS = {
	text: 'the text or the charter',
	slug: 'the address of the page',
	releaseAt: 'the time',
	press: 'the press contact',
	deliveries: 'whom it is sent to',
	tallies: 'the numbers',
} as const;
export type ReleasePart = keyof typeof RELEASE_PARTS;

const marksShape = v.strictObject({
	parts: v.record(v.string(), v.string()),
	signatures: v.array(v.string()),
});
/** Keyed hashes: of each part, and of each signature as it stands in the release. */
export type Marks = v.InferOutput<typeof marksShape>;

export interface SinceLast {
	parts: ReleasePart[];
	/** Signatures that stand in it now and did not, or differently; names of those that have one. */
	came: number;
	cameNames: string[];
	/** That stood in it and do not, or differently. */
	went: number;
}

const MARK = 12;
const CHUNK = 512;

export async function marksOf(organizer: Organizer, { release, deliveries }: DraftRelease): Promise<Marks> {
	const { slug, releaseAt, press, tallies } = release.terms;
	const said: Record<ReleasePart, unknown> = {
		...{ slug, releaseAt, press, deliveries, tallies },
		text: [release.chain.charters, release.chain.texts],
	};
	const parts: Record<string, string> = {};
	for (const [part, value] of Object.entries(said)) parts[part] = await mark(organizer, part, JSON.stringify(value));
	const signatures: string[] = [];
	for (let from = 0; from < release.signatures.length; from += CHUNK) {
		const some = release.signatures.slice(from, from + CHUNK);
		signatures.push(...(await Promise.all(some.map(({ digest }) => mark(organizer, 'signature', digest)))));
	}
	return { parts, signatures };
}

async function mark({ secrets, letter }: Organizer, part: string, value: string): Promise<string> {
	const bytes = frame('undersigned/desk/rehearsal/1', utf8(letter), utf8(part), utf8(value));
	const mac = await crypto.subtle.sign('HMAC', secrets.rootMac, bytes);
	return b64u(new Uint8Array(mac).slice(0, MARK));
}

/** @param now marks of this very draft */
export function sinceLast(last: Marks, now: Marks, { release }: DraftRelease): SinceLast {
	const [before, after] = [new Set(last.signatures), new Set(now.signatures)];
	const came = release.signatures.filter((_, at) => !before.has(now.signatures[at] ?? ''));
	return {
		parts: (Object.keys(RELEASE_PARTS) as ReleasePart[]).filter((part) => last.parts[part] !== now.parts[part]),
		came: came.length,
		cameNames: came.flatMap((one) => ('entry' in one && one.entry.display ? [one.entry.display.name] : [])),
		went: last.signatures.filter((one) => !after.has(one)).length,
	};
}

/** @returns null for what is none, such as what somebody else left in the browser */
export function readMarks(kept: string | null): Marks | null {
	try {
		return kept === null ? null : v.parse(marksShape, JSON.parse(kept));
	} catch {
		return null;
	}
}
