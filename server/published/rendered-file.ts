/** A file of a released letter, as it is rendered: `path` below the letter's folder, without a slash in front. */
export interface RenderedFile {
	path: string;
	mediaType: string;
	body: Uint8Array;
}
