/** `path` below /letters/SLUG/; `length` of the whole file in this coding, in bytes; `slice` counts mebibytes, from 0. */
export interface PublishedRow {
	letter: string;
	path: string;
	coding: 'identity' | 'br' | 'gzip';
	slice: number;
	media_type: string;
	etag: string;
	length: number;
	body: Uint8Array;
}
