/** The released letter with JavaScript: a field that finds signatories. Without it the page is complete. */
import { NameLines } from './name-lines.ts';
import { addSearch } from './name-search.ts';
import { speakAsThePage } from './page-words.ts';

/** Bytes that are read in one go: some ten milliseconds on a phone. */
const SLICE = 65_536;

/** As it comes, so that a large index is read while the page stays usable. @throws where it cannot be fetched */
async function fetchNames(progress: (bytes: number) => void): Promise<NameLines> {
	const answer = await fetch('names.txt');
	if (!answer.ok || answer.body === null) throw new Error(`names.txt: ${answer.status}`);
	const names = new NameLines();
	const decoder = new TextDecoder();
	const reader = answer.body.getReader();
	let bytes = 0;
	for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
		for (let from = 0; from < piece.value.length; from += SLICE) {
			const slice = piece.value.subarray(from, from + SLICE);
			names.add(decoder.decode(slice, { stream: true }));
			bytes += slice.length;
			progress(bytes);
			// Whoever is typing comes first.
			await new Promise((resolve) => setTimeout(resolve));
		}
	}
	return names;
}

speakAsThePage();
const place = document.querySelector<HTMLElement>('#find');
if (place !== null) addSearch(place, fetchNames);
