/** The pages of the desk, in the order in which they are offered. */
export const DESK_PAGES = ['letter', 'people', 'day', 'settings'] as const;
/** `letter`: the work of the present stage; `people`: the organizers; `day`: the sheet for the day; `settings`: one's own keys, and leaving. */
export type DeskPage = (typeof DESK_PAGES)[number];

export const PAGE_NAMES: Readonly<Record<DeskPage, string>> = {
	letter: 'The letter',
	people: 'The organizers',
	day: 'The day of the release',
	settings: 'Your keys and devices',
};
