/** A file of a released letter, as it is rendered: `path` below the letter's folder, without a slash in front. */
export interface RenderedFile {
	path: string;
	mediaType: string;
	body: Uint8Array;
}

/** Known here, so that who asks for a file does not load what renders it. */
export const PAGE_PATH = 'index.html';
export const RELEASE_PATH = 'release.json';
export const JWS_PATH = 'release.json.jws';
