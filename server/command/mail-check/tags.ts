/** `v=DKIM1; p=…` of RFC 6376, section 3.2, as DMARC has it too. Names in lower case; the first of two counts. */
export function tagsOf(record: string): Map<string, string> {
	const tags = new Map<string, string>();
	for (const part of record.split(';')) {
		const at = part.indexOf('=');
		const name = part.slice(0, Math.max(at, 0)).trim().toLowerCase();
		if (name !== '' && !tags.has(name)) tags.set(name, part.slice(at + 1).trim());
	}
	return tags;
}
