/** What a draft comes to, topic by topic, in a few words: so that what can wait is seen without being unfolded, and what nobody chose is said to be a default. */
import type { Draft } from '../../shared/api/desk.ts';
import { leastMajority } from '../../shared/draft-defaults.ts';
import { plural, spell } from '../../shared/pages/numbers.ts';
import { joinNames } from '../../shared/pages/people.ts';
import { languageName } from './languages.ts';
import { spellTime } from './times.ts';

export type Topic =
	| 'addressees'
	| 'references'
	| 'languages'
	| 'groups'
	| 'threshold'
	| 'dates'
	| 'contacts'
	| 'anonymous';
/** `chosen` false: nobody has decided anything of it yet. */
export type InWords = { words: string; chosen: boolean };

/** @param filled the draft with its defaults */
export function inWords(draft: Draft, filled: Draft, organizers: number): Record<Topic, InWords> {
	return {
		addressees: addressees(draft),
		references: some(draft.references.length, 'source', 'sources', 'None'),
		languages: languages(draft),
		groups: groups(draft, filled),
		threshold: threshold(filled, organizers, draft.threshold !== null),
		dates: dates(draft, filled),
		contacts: contacts(draft),
		anonymous: anonymous(draft),
	};
}

const some = (count: number, one: string, many: string, none: string): InWords =>
	count === 0 ? { words: none, chosen: false } : { words: `${spell(count)} ${plural(count, one, many)}`, chosen: true };

function addressees({ addressees, deliveries }: Draft): InWords {
	const mails = deliveries.length;
	const sent = mails === 0 ? 'sent to nobody' : `sent to ${spell(mails)} mail ${plural(mails, 'address', 'addresses')}`;
	return { words: `${addressees.trim() || 'Nobody in particular'}; ${sent}`, chosen: addressees !== '' || mails > 0 };
}

function languages({ language, translations }: Draft): InWords {
	const others = translations.map((one) => languageName(one.language));
	const more = others.length === 0 ? 'no translation' : `with ${joinNames(others)}`;
	return { words: `${languageName(language)}, ${more}`, chosen: others.length > 0 || language !== 'en' };
}

function groups(draft: Draft, filled: Draft): InWords {
	if (filled.groups.length === 0) return { words: 'None yet', chosen: false };
	const names = filled.groups.map(({ name }) => name || 'a group without a name');
	const counted = filled.groups.filter(({ headcount }) => headcount !== null).length;
	const heads = counted === 0 ? 'no headcount' : counted === names.length ? 'with headcount' : 'some with headcount';
	const chosen = counted > 0 || draft.groups.length > 1 || draft.groups.some(({ name }) => name !== '');
	return { words: `${joinNames(names)}; ${heads}`, chosen };
}

function threshold({ threshold }: Draft, organizers: number, chosen: boolean): InWords {
	const words = `${threshold ?? leastMajority(organizers)} of ${Math.max(organizers, 2)} organizers`;
	return { words: chosen ? words : `${words}, the fewest that can be`, chosen };
}

function dates(draft: Draft, { closesAt, lastCallHours, expiresOn }: Draft): InWords {
	const words = `Closes ${spellTime(closesAt ?? '')}; last call ${lastCallHours} hours; erased ${spellTime(expiresOn ?? '')} if not released`;
	return { words, chosen: draft.closesAt !== null || draft.expiresOn !== null };
}

function contacts({ advice, press }: Draft): InWords {
	const said = [
		advice.trim() === '' ? 'nobody for advice' : 'advice',
		press.trim() === '' ? 'nobody for the press' : 'press',
	];
	const words = joinNames(said);
	return { words: `${words[0]?.toUpperCase()}${words.slice(1)}`, chosen: advice !== '' || press !== '' };
}

function anonymous({ labels, smallestCell, codeOnly }: Draft): InWords {
	const many = labels.length === 0 ? 'No labels' : `${labels.length} ${plural(labels.length, 'label', 'labels')}`;
	const words = `${many}; fewer than ${smallestCell} of a group are not counted; the mail holds ${codeOnly ? 'a code only' : 'a code and a link'}`;
	return { words, chosen: labels.length > 0 || smallestCell !== 5 || codeOnly };
}
