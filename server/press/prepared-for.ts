import { fromUtf8, utf8 } from '../../shared/bytes.ts';
import { preparedFor } from '../../shared/pages/embargo-pages.ts';
import { PREPARED_FOR } from '../../shared/pages/letter-shell.ts';
import { inLanguage } from '../platform/languages.ts';
import type { StagedFile } from './sealed-slices.ts';

const place = utf8(PREPARED_FOR);

/** Every page says for whom it was prepared and until when, in its own language; other files pass as they are. @param until an instant in UTC */
export function withBanner(file: StagedFile, outlet: string, until: string): StagedFile {
	if (!file.mediaType.startsWith('text/html')) return file;
	const banner = inLanguage(languageOf(file.first), () => preparedFor(outlet, until));
	return { ...file, first: put(file.first, utf8(banner)) };
}

/** As its first tag says it. */
const languageOf = (page: Uint8Array): string =>
	/<html lang="([^"]+)"/.exec(fromUtf8(page.subarray(0, 80)))?.[1] ?? 'en';

/** The place stands at the beginning of a page. One without it must not be shown. @throws where there is none */
function put(page: Uint8Array, banner: Uint8Array): Uint8Array {
	const at = Buffer.from(page.buffer, page.byteOffset, page.length).indexOf(place);
	if (at === -1) throw new Error('a page has no place for whom it was prepared');
	return Buffer.concat([page.subarray(0, at), banner, page.subarray(at + place.length)]);
}
