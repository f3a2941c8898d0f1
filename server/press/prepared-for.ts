import { utf8 } from '../../shared/bytes.ts';
import { preparedFor } from '../../shared/pages/embargo-pages.ts';
import { PREPARED_FOR } from '../../shared/pages/letter-shell.ts';
import type { StagedFile } from './sealed-slices.ts';

const place = utf8(PREPARED_FOR);

/** Every page says for whom it was prepared and until when; other files pass as they are. @param until an instant in UTC */
export function withBanner(file: StagedFile, outlet: string, until: string): StagedFile {
	if (!file.mediaType.startsWith('text/html')) return file;
	return { ...file, first: put(file.first, utf8(preparedFor(outlet, until))) };
}

/** The place stands at the beginning of a page. One without it must not be shown. @throws where there is none */
function put(page: Uint8Array, banner: Uint8Array): Uint8Array {
	const at = Buffer.from(page.buffer, page.byteOffset, page.length).indexOf(place);
	if (at === -1) throw new Error('a page has no place for whom it was prepared');
	return Buffer.concat([page.subarray(0, at), banner, page.subarray(at + place.length)]);
}
