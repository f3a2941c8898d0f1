/** Every limit of docs/protocol.md, once. Lengths are bytes of UTF-8. */
export const LIMITS = {
	/** One document (charter, text document). */
	document: 200_000,
	statement: 4_000,
	display: 4_000,
	sealed: 16_384,
	attestation: 1_000,
	title: 200,
	addressees: 500,
	text: 100_000,
	references: 100,
	reference: 1_000,
	translations: 20,
	/** What a draft was, kept while it is one. */
	draftVersions: 50,
	languageLeast: 2,
	language: 35,

	groups: 20,
	groupName: 100,
	domains: 50,
	domain: 253,
	domainLabel: 63,
	vouchersOfGroup: 10_000,
	headcount: 10_000_000,
	headcountSource: 300,
	labels: 50,
	label: 80,
	organizersLeast: 2,
	organizers: 20,
	organizerName: 60,
	advice: 500,
	lastCallHours: 336,
	smallestCellLeast: 2,
	smallestCell: 100,
	origin: 300,
	/** Charters in a chain: the first and its amendments. */
	charters: 100,

	turn: 2 ** 31 - 1,
	/** Of a draft: its changes are counted. */
	versionNumber: 2 ** 31 - 1,
	condition: 1_000_000,
	/** Of a printed name, and of its title: Unicode code points, and so four bytes each at most. A script costs nobody letters. */
	nameCharacters: 80,
	name: 320,
	nameTitle: 320,
	/** Before the @ of a work address. */
	localPart: 64,
	/** The padded contents of a sealed part. */
	sealedContents: 2_048,

	issuerBits: 3072,
	blindSignature: 384,
	randomizer: 32,
	credential: 416,
	/** y-bytes of the data key, then the x-byte. */
	share: 33,

	voucherDigits: 26,

	/** A list of work addresses: at most, and at least of each group that is on it; how it was obtained; one address in normal form. */
	roster: 10_000,
	rosterLeast: 10,
	rosterNote: 500,
	rosterAddress: 318,
	/** What is approved of a mailing to them; how many one organizer proposes of a letter, stopped ones included. */
	mailing: 200_000,
	mailingsOfOrganizer: 5,

	/** A test name, and as it travels sealed: with the encapsulated key and the tag of HPKE. */
	testName: 32,
	testNameSealed: 32 + 48,

	/** The sheet for the day: a row's line, and how many rows. */
	dayLine: 500,
	dayRows: 60,

	/** A post under a released letter: its text, the address of coverage. */
	post: 20_000,
	postAddress: 1_000,
	/** Of a letter: all that were agreed, removals and removed ones included. */
	posts: 200,
	/** Of those, what is shown and what says whether the letter is listed: room is left to remove every one. */
	postsToShow: 90,
	postsOfListing: 20,
	/** That one organizer has proposed and that wait for others; strikes of released signatures likewise. */
	waitingOfOrganizer: 5,
	/** One post with its approvals on its line of updates.json. */
	postLine: 50_000,
	slugLeast: 3,
	slug: 60,
	press: 500,
	releaseLine: 400_000,
	signatureLine: 16_384,
	/** "This one is mine": for whom it is made, what they ask to be answered, and the whole as pasted. */
	journalist: 200,
	challengeLeast: 8,
	challenge: 200,
	mine: 4_000,
	/** The whole release file of the largest letter, as it travels. */
	releaseFile: 200_000_000,

	/**
	 * A body that brings a release, a draft of one or shares, as JSON: whatever the letter, and for each signature that is held besides. Of a release that is `signatureLine` with its comma and
	 * its end, all of it escaped; of shares one for every organizer, each beside its key, and half of that again. Charters and texts of the letter come to that, escaped as well.
	 */
	brought: 4_000_000,
	broughtOfSignature: { release: 2 * (16_384 + 2), contribution: 2 * 20 * (32 + 33) },

	/** Requests of a letter by signers who lost their words, each kind by itself: anybody can make one that proves nothing. */
	lostWordsProven: 500,
	lostWordsUnproven: 200,

	/** At least so many stay between the end of last call and the day on which everything is erased. */
	daysToRelease: 3,

	/** What only travels between browsers and server. */
	address: 400,
	/** Addresses of addressees that a letter is sent to. */
	deliveries: 20,
	note: 200,
	/** What somebody writes to the host about a letter, and where they would like an answer. */
	report: 4_000,
	answerTo: 200,
	/** Invite links that one organizer made for a letter, revoked ones included, for as long as it is kept who made them; and for each organizer, of all that a letter has. */
	links: 200,
	/** Links under embargo that one organizer made, revoked ones included, and whom each is for. */
	embargoLinks: 100,
	outlet: 100,
	vouchersPerBatch: 500,
	signaturesPerPage: 250,
	contribution: 20_000_000,

	/** Signatures of a letter: bounds what a recount reads from a hostile file. */
	signatures: 1_000_000,
} as const;
