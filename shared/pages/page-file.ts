/** A file of a released letter's folder that is text: a page, the index of names, the style of its paper. */
export interface PageFile {
	/** Below the letter's folder, such as `index.html`. */
	path: string;
	mediaType: string;
	text: string;
}
