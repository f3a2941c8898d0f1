/** The first byte that is asked for, and the last: both count from 0. */
export interface ByteRange {
	first: number;
	last: number;
}

/**
 * One range of bytes (RFC 9110, section 14). Null where the whole is to be sent: without the header, for several ranges, for another unit, or
 * where the file is no longer the one that If-Range names (section 13.1.5; a date never is, since no file here has one).
 * @param length of the file, in bytes
 */
export function askedRange(
	headers: { range: string | undefined; ifRange: string | undefined },
	etag: string,
	length: number,
): ByteRange | 'unsatisfiable' | null {
	const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range?.replaceAll(/\s/g, '') ?? '') ?? [];
	if (from === undefined || to === undefined || (from === '' && to === '')) return null;
	if (headers.ifRange !== undefined && headers.ifRange !== etag) return null;
	if (from === '') {
		const suffix = Math.min(Number(to), length);
		return suffix === 0 ? 'unsatisfiable' : { first: length - suffix, last: length - 1 };
	}
	const first = Number(from);
	if (to !== '' && Number(to) < first) return null;
	if (first >= length) return 'unsatisfiable';
	return { first, last: to === '' ? length - 1 : Math.min(Number(to), length - 1) };
}
