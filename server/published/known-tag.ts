/** Whether somebody who sends this `If-None-Match` has the file already (RFC 9110, section 13.1.2): compared without regard to the mark of a weak tag. */
export const knowsTag = (header: string | undefined, etag: string): boolean =>
	header === etag ||
	header?.trim() === '*' ||
	(header ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
