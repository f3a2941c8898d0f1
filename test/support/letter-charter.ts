/** The charters of a test letter, and what in it is random but repeatable. */
import { sha256 } from '@noble/hashes/sha2.js';
import { approve } from '../../shared/approval.ts';
import { type Bytes, b64u, concat, u32, utf8 } from '../../shared/bytes.ts';
import type { Chain } from '../../shared/chain.ts';
import { type Charter, fingerprint, textHash, writeCharter, writeTextDocument } from '../../shared/charter.ts';
import { toEd25519Jwk } from '../../shared/document.ts';
import { ed25519FromSeed, type KeyPair, type OrganizerSecrets } from '../../shared/keys.ts';
import issuerKeys from '../vectors/test-issuer-keys.json' with { type: 'json' };

/** `limit`: of vouchers, 500 unless told. */
export type TestGroup = { name: string; proof: 'mailbox' | 'voucher'; limit?: number };

export type TestOrganizer = { id: string; name: string; seed: Bytes; secrets: OrganizerSecrets };
export type TestCharterOptions = {
	/** Everything random comes from it. */
	seed?: string;
	organizers?: number;
	threshold?: number;
	/** At most as many as there are keys in test-issuer-keys.json. */
	groups?: TestGroup[];
	labels?: string[];
	smallestCell?: number;
	/** How many amendments follow the first charter; the first of them changes the text. */
	amendments?: number;
	/** The first text document, as it is written; a short one unless told. */
	text?: string;
	/** What else the first charter says differently. */
	change?: Partial<Charter>;
};

/** Of employees and of contractors. */
export const twoGroups = (limit?: number): TestGroup[] => [
	{ name: 'Acme', proof: 'mailbox' },
	{ name: 'Acme contractors', proof: 'voucher', ...(limit !== undefined && { limit }) },
];

/** Bytes that depend on the seed and on what they are for, 32 unless told. */
export function testBytes(seed: string, use: string, length = 32): Bytes {
	const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
		sha256(concat(utf8(`${seed}|${use}|`), u32(i))),
	);
	return concat(...blocks).slice(0, length);
}

export const testId = (seed: string, use: string): string => b64u(testBytes(seed, use, 16));

/** The attester's keys of a group. */
export function attester(seed: string, group: number): Promise<KeyPair> {
	return ed25519FromSeed(testBytes(seed, `attester ${group}`));
}

export async function makeCharter(
	options: TestCharterOptions,
	organizers: TestOrganizer[],
	host: KeyPair,
): Promise<Charter> {
	const {
		seed = 'undersigned',
		groups = twoGroups(),
		labels = ['Engineering', 'Design', 'Sales'],
		smallestCell = 2,
		threshold = Math.floor(organizers.length / 2) + 1,
	} = options;
	return {
		version: 1,
		letter: testId(seed, 'letter'),
		previous: null,
		text: await textHash(options.text ?? makeText(0)),
		groups: await Promise.all(
			groups.map(async ({ name, proof, limit = 500 }, g) => ({
				id: testId(seed, `group ${g}`),
				name,
				proof,
				domains: proof === 'mailbox' ? [`group${g}.example`] : [],
				limit: proof === 'mailbox' ? null : limit,
				issuer: { kty: 'RSA' as const, n: issuerKeys.keys[g]?.n ?? '', e: 'AQAB' },
				attester: toEd25519Jwk((await attester(seed, g)).publicKey),
			})),
		),
		headcounts: groups.length > 0 ? [{ group: testId(seed, 'group 0'), count: 1000, source: 'Annual report' }] : [],
		labels,
		organizers: organizers.map(({ id, name, secrets }) => ({
			id,
			name,
			key: secrets.key,
			sealing: secrets.sealingPublic,
		})),
		advice: 'Ask Ada.',
		threshold,
		closesAt: '2027-02-01T12:00:00Z',
		lastCallHours: 48,
		expiresOn: '2027-06-01T00:00:00Z',
		smallestCell,
		codeOnly: false,
		origin: 'https://letters.example',
		host: toEd25519Jwk(host.publicKey),
		...options.change,
	};
}

function makeText(version: number): string {
	return writeTextDocument({
		title: 'Open letter',
		addressees: 'The board of Acme',
		language: 'en',
		text: `We ask for **one** thing.\n\nVersion ${version}: “quoted”, \\ and \u0007.`,
		references: ['https://acme.example/report'],
		translations: [],
	});
}

export async function makeChain(options: TestCharterOptions, draft: Charter, organizers: TestOrganizer[]) {
	const { amendments = 0, text = makeText(0) } = options;
	const chain: Chain = { charters: [], approvals: [], texts: [text] };
	let charter = draft;
	let root = '';
	let last = '';
	for (let i = 0; i <= amendments; i++) {
		if (i === 1) {
			chain.texts.push(makeText(1));
			charter = { ...charter, text: await textHash(makeText(1)) };
		}
		if (i > 0)
			charter = { ...charter, previous: last, closesAt: `2027-02-${String(i + 1).padStart(2, '0')}T12:00:00Z` };
		const source = writeCharter(charter);
		last = await fingerprint(source);
		if (i === 0) root = last;
		const approvers = i === 0 ? organizers : organizers.slice(0, charter.threshold);
		chain.charters.push(source);
		chain.approvals.push(
			await Promise.all(
				approvers.map(async ({ id, secrets }) => ({
					organizer: id,
					authenticator: await approve(secrets.approval, i === 0 ? 'charter' : 'amendment', root, last),
				})),
			),
		);
	}
	return { chain, charter, root, last };
}
