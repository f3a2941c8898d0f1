/** A letter's folder of any size on a web server, under the headers of ours, compressed as ours compresses it. */
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { loadAssets } from '../../server/assets.ts';
import { contentSecurityPolicy } from '../../server/platform/http.ts';
import { fromUtf8, utf8 } from '../../shared/bytes.ts';
import { letterPages } from '../../shared/pages/letter-files.ts';
import { letterStyle } from '../../shared/pages/letter-style.ts';
import type { LetterPageView } from '../../shared/pages/letter-view.ts';
import { aView, type SomeName } from './a-view.ts';
import { serveFolder } from './folder-server.ts';
import { byLetter } from './letter-folder.ts';
import { sizedSigner } from './sized/signers.ts';

type Served = { type: string; body: Uint8Array };

export const assets = loadAssets(fileURLToPath(new URL('../../web/dist', import.meta.url))).letter();

/** So many who sign by name, all of them different people, in a dozen scripts. */
export function largeView(count: number): LetterPageView {
	const names: SomeName[] = [];
	for (let n = 0; names.length < count; n++) {
		const { name, title = '' } = sizedSigner(n, count * 2);
		if (name !== undefined) names.push({ name, title });
	}
	return byLetter(aView(names));
}

/** Every page and asset by its path; the style sheet's is `style`. */
export function filesOf(view: LetterPageView): { files: Map<string, Served>; style: string } {
	const files = new Map(assets.files.map(({ path, mediaType, body }) => [path, { type: mediaType, body }]));
	const built = files.get(assets.style);
	if (built === undefined) throw new Error('There is no style sheet.');
	const style = letterStyle(view, { path: assets.style, text: fromUtf8(built.body) });
	files.set(style.path, { type: style.mediaType, body: utf8(style.text) });
	const frame = { kind: 'released' as const, assets: { ...assets, style: style.path } };
	for (const { path, mediaType, text } of letterPages(view, frame))
		files.set(path, { type: mediaType, body: utf8(text) });
	return { files, style: style.path };
}

export const packed = (body: Uint8Array): Uint8Array =>
	brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: body.length > 2 ** 20 ? 5 : 11 } });

/** Ends with its test. */
export async function serveLetter(view: LetterPageView): Promise<{ address: string; asked: string[] }> {
	const { files } = filesOf(view);
	const policy = { 'Content-Security-Policy': contentSecurityPolicy("'self'") };
	return await serveFolder((path) => {
		const file = files.get(path === '' ? 'index.html' : path);
		if (file === undefined || /^font\//.test(file.type)) return file && { ...file, headers: policy };
		return { type: file.type, body: packed(file.body), headers: { ...policy, 'Content-Encoding': 'br' } };
	});
}
