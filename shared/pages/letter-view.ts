/**
 * What a released letter's page shows, drawn from its release alone: the server renders it at the release, an organizer's browser for
 * the rehearsal. Nothing is verified here (recount.ts does that) and nothing is counted that a reader could not count from the file.
 */
import { type Charter, fingerprint, readCharter, standingText, type TextDocument } from '../charter.ts';
import { Fault } from '../fault.ts';
import type { ShownPost } from '../post.ts';
import type { ReleaseContent, SignatureContent } from '../release.ts';
import { type GroupNumbers, groupNumbers } from './group-numbers.ts';
import { lettersOfSection, type NameSection, nameSections } from './name-sections.ts';

/** `number` is the signature's number in the release file. */
export interface NamedSignatory {
	number: number;
	name: string;
	title: string;
	group: string;
}

/** `label` is null where none is shown. */
export interface AnonymousCell {
	group: string;
	label: string | null;
	count: number;
}

/** The letter in one language: the document itself, or a translation that was signed with it. */
export type LetterText = Omit<TextDocument, 'translations'> & {
	/** Of its page in the letter's folder. */
	path: string;
};

export interface LetterPageView {
	/** Before the release, in a rehearsal or under embargo, pages, PDF and text say until when they are not to be published; other files have no place for it. */
	isPublic: boolean;
	slug: string;
	origin: string;
	/** Markdown in `text`; in all of it nothing is HTML. */
	document: TextDocument;
	/** The document first, then its translations. */
	texts: LetterText[];
	organizers: string[];
	/** Of the first charter (it stood in the invite link) and of the last, b64u; `shownFingerprint` writes them for people. Empty while there is none: a draft's preview. */
	root: string;
	fingerprint: string;
	/** As printed. */
	press: string;
	closedAt: string;
	/** Empty in a draft's preview. */
	releasedAt: string;
	groups: GroupNumbers[];
	/** Fewer anonymous signatures than these are never shown of a group or a label. */
	smallestCell: number;
	/** Sorted as people look names up, and the same by letter. */
	named: NamedSignatory[];
	sections: NameSection<NamedSignatory>[];
	/** The largest first within each group; what is without a label stands last. */
	anonymous: AnonymousCell[];
	totals: { signatures: number; named: number; anonymous: number; withdrawn: number; struckAfter: number };
	/** Those by name when the list was approved, gone ones included: it stays as it is, whoever withdraws. */
	namedApproved: number;
	/** The host's records came back from a copy while people signed, as it states: some could have proved twice. Added by whoever renders a released letter. */
	restored: boolean;
	/** What the organizers have said since, verified and in their order: added by whoever renders a released letter. */
	posts: readonly ShownPost[];
	/** For whoever checks by hand: the host's key, b64u; lines of the release file, from 1, on which the first list of approvals and the first signature stand. */
	file: { host: string; approvals: number; signatures: number };
}

/** @throws Fault where the release holds no charter or not the text that the last charter names */
export async function letterView(
	release: ReleaseContent,
	{ isPublic }: Pick<LetterPageView, 'isPublic'>,
): Promise<LetterPageView> {
	const { chain, terms, signatures } = release;
	const first = chain.charters[0];
	const last = chain.charters.at(-1);
	if (first === undefined || last === undefined) throw new Fault('release-form', 'charters', 'There is no charter.');
	const charter = readCharter(last);
	const groups = groupNumbers(charter, release);
	const sum = (of: (group: GroupNumbers) => number) => groups.reduce((total, group) => total + of(group), 0);
	const totals = {
		named: sum((group) => group.named),
		anonymous: sum((group) => group.anonymous),
		withdrawn: sum((group) => group.withdrawn),
		struckAfter: sum((group) => group.struckAfter),
	};
	const document = await standingText(charter, chain.texts);
	const namedApproved = signatures.filter((one) => shownOf(one) === 'named').length;
	const named = namedSignatories(charter, signatures);
	const sections = nameSections(named, document.language, lettersOfSection(namedApproved));
	return {
		isPublic,
		slug: terms.slug,
		origin: charter.origin,
		document,
		texts: textsOf(document),
		organizers: charter.organizers.map((organizer) => organizer.name),
		root: await fingerprint(first),
		fingerprint: await fingerprint(last),
		press: terms.press,
		closedAt: charter.closesAt,
		releasedAt: terms.releaseAt,
		groups,
		smallestCell: charter.smallestCell,
		named: sections.flatMap((section) => section.names),
		sections,
		anonymous: anonymousCells(charter, signatures),
		totals: { signatures: totals.named + totals.anonymous, ...totals },
		namedApproved,
		restored: false,
		posts: [],
		// As release-file.ts writes it: three lists, each between two lines of its own, then the terms.
		file: {
			host: charter.host.x,
			approvals: chain.charters.length + 5,
			signatures: 2 * chain.charters.length + chain.texts.length + 10,
		},
	};
}

/** Nothing forbids two translations of one language: each has a page of its own, on disks that know no case as well. */
export function textsOf(document: TextDocument): LetterText[] {
	const paths = new Set<string>();
	const pathOf = (language: string) => {
		let path = `in-${language.toLowerCase()}.html`;
		for (let n = 2; paths.has(path); n++) path = `in-${language.toLowerCase()}-again-${n}.html`;
		paths.add(path);
		return path;
	};
	const { translations, ...original } = document;
	return [
		{ ...original, path: 'index.html' },
		...translations.map((text) => ({ ...text, path: pathOf(text.language) })),
	];
}

const shownOf = (one: SignatureContent) => ('stub' in one ? one.stub.shown : one.entry.statement.shown);

const groupNames = (charter: Charter) => new Map(charter.groups.map((group) => [group.id, group.name]));

function namedSignatories(charter: Charter, signatures: readonly SignatureContent[]): NamedSignatory[] {
	const names = groupNames(charter);
	return signatures.flatMap((signature, at) => {
		if (!('entry' in signature) || signature.entry.display === null) return [];
		const { display, statement } = signature.entry;
		return [{ number: at + 1, name: display.name, title: display.title, group: names.get(statement.group) ?? '' }];
	});
}

function anonymousCells(charter: Charter, signatures: readonly SignatureContent[]): AnonymousCell[] {
	const counts = new Map<string, Map<string | null, number>>(charter.groups.map((group) => [group.id, new Map()]));
	for (const signature of signatures) {
		if (!('entry' in signature) || signature.entry.statement.shown !== 'anonymous') continue;
		const labels = counts.get(signature.entry.statement.group);
		labels?.set(signature.entry.label, (labels.get(signature.entry.label) ?? 0) + 1);
	}
	const order = new Map<string | null, number>(charter.labels.map((label, at) => [label, at]));
	return charter.groups.flatMap(({ id, name }) => {
		const cells = [...(counts.get(id) ?? [])].map(([label, count]) => ({ group: name, label, count }));
		return cells.sort(
			(a, b) =>
				Number(a.label === null) - Number(b.label === null) ||
				b.count - a.count ||
				(order.get(a.label) ?? 0) - (order.get(b.label) ?? 0),
		);
	});
}
