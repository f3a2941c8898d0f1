/** The language of a letter's page, and what a program beside it says in that language: as data in the page (shared/pages/letter-shell.ts), none where it is English. */
import { speakThrough } from '../../shared/locales/say.ts';
import { ENGLISH, type Spoken } from '../../shared/locales/spoken.ts';

/** Before anything is shown. @returns what a worker needs to speak likewise */
export function speakAsThePage(): Spoken {
	const words = document.querySelector('#words')?.textContent;
	const language = document.documentElement.lang;
	const spoken: Spoken = words ? { language, templates: JSON.parse(words) } : ENGLISH;
	speakThrough(() => spoken);
	return spoken;
}
