/** The published page of a letter that is still being written: the same templates over what there is so far, nobody having signed. */
import type { Draft } from '../api/desk.ts';
import type { TextDocument } from '../charter.ts';
import type { GroupNumbers } from './group-numbers.ts';
import { type LetterPageView, textsOf } from './letter-view.ts';

export interface DraftSetting {
	/** Names of the organizers, as printed. */
	organizers: string[];
	origin: string;
}

/** @param draft with its defaults; what is missing stands there as what it will be */
export function draftView(draft: Draft, { organizers, origin }: DraftSetting): LetterPageView {
	const document = documentOf(draft);
	const nobody = { signatures: 0, named: 0, anonymous: 0, withdrawn: 0, struckAfter: 0 };
	return {
		...{ isPublic: false, slug: '', origin, document, texts: textsOf(document), organizers },
		...{ root: '', fingerprint: '', closedAt: draft.closesAt ?? '', releasedAt: '' },
		press: draft.press.trim() || 'a name and a number that you can still fill in.',
		groups: draft.groups.map(emptyGroup),
		smallestCell: draft.smallestCell,
		...{ named: [], sections: [], anonymous: [], totals: nobody, namedApproved: 0, restored: false, posts: [] },
		file: { host: '', approvals: 0, signatures: 0 },
	};
}

function documentOf({ title, addressees, language, text, references, translations }: Draft): TextDocument {
	const written = (one: { title: string; text: string }) => ({
		title: one.title.trim() || 'Untitled',
		text: one.text.trim() === '' ? 'The text appears here as you write.' : one.text,
	});
	return {
		...{ addressees, language, references, ...written({ title, text }) },
		translations: translations.map((one) => ({ ...one, ...written(one) })),
	};
}

function emptyGroup({ name, proof, domains, headcount }: Draft['groups'][number]): GroupNumbers {
	return {
		...{ name, proof, domains, headcount, named: 0, anonymous: 0, withdrawn: 0, struckAfter: 0, struckSince: [] },
		...{ credentials: { mailbox: 0, roster: 0, voucher: 0 }, struck: [], lapsed: 0 },
	};
}
