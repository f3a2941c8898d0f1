/**
 * Short texts to send with an invite link. They name no company, and not what it is about: whoever reads along learns that something is to be
 * read, and where. Proven by test/web/desk/desk-links.test.ts.
 */
export function chatTexts(link: string): string[] {
	return [
		`Please read this on your own phone, not at work: ${link}`,
		`Something I would like you to read, on your own phone and network. Takes three minutes: ${link}`,
		`Worth reading. Best on your own phone. If you pass it on, then only to people you trust: ${link}`,
	];
}
