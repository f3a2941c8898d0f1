import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { utf8 } from '../../shared/bytes.ts';
import { readCharter } from '../../shared/charter.ts';
import { letterPage } from '../../shared/pages/letter-page.ts';
import { letterView } from '../../shared/pages/letter-view.ts';
import type { Release } from '../../shared/release.ts';
import { writeReleaseFile } from '../../shared/release-file.ts';
import { signReleaseJws } from '../../shared/release-jws.ts';
import { hostKey, type KeyringDeps } from '../credential/keyring.ts';
import type { PublishedFile } from './published-store.ts';

/** Where the files of a letter stand, below /letters/SLUG/. */
export const PAGE_PATH = 'index.html';
export const RELEASE_PATH = 'release.json';
export const JWS_PATH = 'release.json.jws';

const compress = promisify(brotliCompress);
/** Above it brotli's best takes longer than a release may. */
const mebibyte = 2 ** 20;

/** The page's style sheet: an address that outlives every build, since a letter is rendered once. */
export const STYLE_PATH = '/letters/style.css';

/** Everything that is served of a released letter, rendered and compressed once. */
export async function renderFiles(deps: KeyringDeps, release: Release): Promise<PublishedFile[]> {
	const file = utf8(writeReleaseFile(release));
	const base = `/letters/${release.terms.slug}`;
	const links = {
		release: `${base}/${RELEASE_PATH}`,
		jws: `${base}/${JWS_PATH}`,
		recount: `${base}/recount`,
	};
	const page = utf8(letterPage(await letterView(release, { rehearsal: false }), { styles: [STYLE_PATH], links }));
	const files = [
		...(await withTwin(PAGE_PATH, 'text/html; charset=utf-8', page)),
		...(await withTwin(RELEASE_PATH, 'application/json', file)),
	];
	// A letter keeps the host key that its charter names; where that one is lost, no other stands in for it.
	const host = await hostKey(deps);
	if (readCharter(release.chain.charters.at(-1) ?? '').host.x === host.jwk.x) {
		const der = new Uint8Array(host.privateKey.export({ format: 'der', type: 'pkcs8' }));
		const key = await crypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign']);
		const jws = utf8(`${await signReleaseJws(key, createHash('sha256').update(file).digest('hex'))}\n`);
		files.push(plain(JWS_PATH, 'application/jose', jws));
	}
	return files;
}

async function withTwin(path: string, mediaType: string, body: Uint8Array): Promise<PublishedFile[]> {
	const quality = body.length <= mebibyte ? 11 : 5;
	const twin = await compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
	return [
		plain(path, mediaType, body),
		{ path, coding: 'br', mediaType, etag: etagOf(twin), body: new Uint8Array(twin) },
	];
}

const plain = (path: string, mediaType: string, body: Uint8Array): PublishedFile => ({
	...{ path, coding: 'identity', mediaType, etag: etagOf(body), body },
});

const etagOf = (body: Uint8Array): string => `"${createHash('sha256').update(body).digest('base64url').slice(0, 32)}"`;
