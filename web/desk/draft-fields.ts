import type { DraftField } from './draft-merge.ts';

/** What each part of a draft is called on the desk. */
export const FIELD_NAMES: Record<DraftField, string> = {
	title: 'Title',
	addressees: 'To',
	language: 'Language',
	text: 'Text',
	references: 'References',
	translations: 'Translations',
	groups: 'Who can sign',
	labels: 'Labels',
	advice: 'Advice for signers',
	press: 'Press contact',
	deliveries: 'Mail addresses of the addressees',
	threshold: 'How many must act together',
	closesAt: 'Signing closes',
	lastCallHours: 'Last call',
	expiresOn: 'Erased if not released by',
	smallestCell: 'Smallest group that is printed',
	codeOnly: 'Code only',
};
