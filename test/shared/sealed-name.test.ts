import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { mailboxCommitment } from '../../shared/attestation.ts';
import { type Bytes, b64u, fromB64u, newId, randomBytes } from '../../shared/bytes.ts';
import {
	checkContents,
	type OpenedShare,
	openSealed,
	openShare,
	readSealed,
	type SealedContents,
	seal,
	sealedHash,
	siftShares,
} from '../../shared/sealed-name.ts';
import { displayCommitment, labelCommitment, type Statement } from '../../shared/statement.ts';
import { flipBit, makeLetter, type TestLetter } from '../support/charter.ts';
import { faultOf, placeOf } from '../support/fault-of.ts';

async function shareMatches(document: string, organizer: string, share: Bytes): Promise<boolean> {
	const { good, wrong } = await siftShares(document, [{ organizer, share }]);
	expect(good.length + wrong.length).toBe(1);
	return good.length === 1;
}

const random = () => b64u(randomBytes(32));
const key = random();
const contents: SealedContents = {
	label: '',
	labelSalt: random(),
	display: { name: 'Zoë Ångström', title: 'Driver' },
	displaySalt: random(),
	address: 'zoe@oceanparcel.example',
	addressSalt: random(),
};

let letter: TestLetter;
let document: string;
let shares: OpenedShare[];
beforeAll(async () => {
	letter = await makeLetter(5, 3);
	document = (await seal(letter.charter, letter.root, key, contents)).document;
	shares = await sharesOf(letter, document);
});

function sharesOf({ organizers, root }: TestLetter, document: string): Promise<OpenedShare[]> {
	return Promise.all(
		organizers.map(async ({ id, secrets }) => ({
			organizer: id,
			share: await openShare(document, root, key, id, secrets.sealing),
		})),
	);
}
const open = (some: OpenedShare[], of = document, signer = key) => openSealed(of, letter.root, signer, some, 3);

describe('any M of N organizers', () => {
	test('open the name, whoever they are', async () => {
		await fc.assert(
			fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 3 }), async (who) => {
				expect(await open(who.map((i) => shares[i]!))).toEqual(contents);
			}),
			{ numRuns: 30 },
		);
	});

	test('open it for every M and N', async () => {
		for (const [n, m] of [
			[2, 2],
			[3, 2],
			[3, 3],
			[4, 3],
			[7, 4],
		] as const) {
			const other = await makeLetter(n, m);
			const sealed = await seal(other.charter, other.root, key, contents);
			const all = await sharesOf(other, sealed.document);
			expect(await openSealed(sealed.document, other.root, key, all.slice(n - m), m)).toEqual(contents);
			const few = all.slice(n - m + 1);
			expect(await faultOf(() => openSealed(sealed.document, other.root, key, few, m))).toBe('shares-missing');
		}
	});

	test('M - 1 do not, even if they count one of them twice', async () => {
		expect(await faultOf(() => open(shares.slice(0, 2)))).toBe('shares-missing');
		expect(await faultOf(() => open([shares[0]!, shares[1]!, shares[1]!]))).toBe('shares-missing');
		const borrowed = { organizer: shares[2]!.organizer, share: shares[1]!.share };
		expect(await faultOf(() => open([shares[0]!, shares[1]!, borrowed]))).toBe('shares-missing');
	});

	test('M - 1 do not, even if they ask for less', async () => {
		expect(await faultOf(() => openSealed(document, letter.root, key, shares.slice(0, 2), 2))).toBe(
			'sealed-unreadable',
		);
	});
});

describe('a wrong share', () => {
	test('is located: its signature and its organizer', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat({ max: 4 }),
				fc.nat({ max: 32 }),
				fc.integer({ min: 1, max: 255 }),
				async (who, at, by) => {
					const { organizer, share } = shares[who]!;
					const wrong = share.with(at, (share[at] ?? 0) ^ by);
					return !(await shareMatches(document, organizer, wrong)) && (await shareMatches(document, organizer, share));
				},
			),
		);
	});

	test('does not hinder M good ones', async () => {
		const wrong = { ...shares[0]!, share: randomBytes(33) };
		expect(await open([wrong, ...shares.slice(1, 4)])).toEqual(contents);
		expect(await faultOf(() => open([wrong, ...shares.slice(1, 3)]))).toBe('shares-missing');
	});

	test('sealed by a malicious signer names the organizer who got it', async () => {
		const part = readSealed(document, letter.charter);
		const garbled = {
			...part,
			shares: part.shares.map((s, i) => (i === 1 ? { ...s, sealed: part.shares[0]!.sealed } : s)),
		};
		const { id, secrets } = letter.organizers[1]!;
		const act = () => openShare(JSON.stringify(garbled), letter.root, key, id, secrets.sealing);
		expect(await faultOf(act)).toBe('share-mismatch');
		expect(await placeOf(act)).toBe(id);
	});

	test('is one with the right bytes at another place', async () => {
		expect(await shareMatches(document, shares[1]!.organizer, shares[0]!.share)).toBe(false);
		expect(await shareMatches(document, newId(), shares[0]!.share)).toBe(false);
	});
});

test('shares that do not belong together are unreadable to every set of organizers alike', async () => {
	// A malicious signer deals shares 1 to 3 of one key, 4 and 5 of another, each with a right commitment.
	const [a, b] = [
		readSealed(document, letter.charter),
		(await seal(letter.charter, letter.root, key, contents)).document,
	];
	const other = readSealed(b, letter.charter);
	const mixed = JSON.stringify({ box: a.box, shares: [...a.shares.slice(0, 3), ...other.shares.slice(3)] });
	const dealt = await sharesOf(letter, mixed);
	for (const who of [
		[0, 1, 2],
		[2, 3, 4],
		[0, 3, 4],
		[0, 1, 2, 3, 4],
	]) {
		expect(
			await faultOf(() =>
				open(
					who.map((i) => dealt[i]!),
					mixed,
				),
			),
		).toBe('sealed-unreadable');
	}
});

test('a box that does not open is unreadable', async () => {
	const part = readSealed(document, letter.charter);
	const box = fromB64u(part.box);
	const flipped = JSON.stringify({ ...part, box: b64u(box.with(500, (box[500] ?? 0) ^ 1)) });
	expect(await faultOf(() => open(shares, flipped))).toBe('sealed-unreadable');
});

test('it is sealed to one letter and one key', async () => {
	expect(await faultOf(() => open(shares, document, random()))).toBe('sealed-unreadable');
	const { id, secrets } = letter.organizers[0]!;
	expect(await faultOf(() => openShare(document, letter.root, random(), id, secrets.sealing))).toBe('share-mismatch');
	expect(await faultOf(() => openShare(document, random(), key, id, secrets.sealing))).toBe('share-mismatch');
	expect(await faultOf(() => openShare(document, letter.root, key, id, letter.organizers[1]!.secrets.sealing))).toBe(
		'share-mismatch',
	);
});

test('a flipped bit is refused, or changes the hash that was signed', async () => {
	const signed = await sealedHash(document);
	await fc.assert(
		fc.asyncProperty(fc.nat({ max: document.length * 8 - 1 }), async (at) => {
			const flipped = flipBit(document, at);
			return flipped === null || (await sealedHash(flipped)) !== signed;
		}),
	);
});

test('a long name and none have one size', async () => {
	const anonymous = { ...contents, display: null, displaySalt: null, address: null, addressSalt: null };
	const long = {
		...contents,
		display: { name: '𞤀'.repeat(80), title: '"\\'.repeat(40) },
		address: `${'a'.repeat(64)}@${'b'.repeat(253)}`,
	};
	const sizes = await Promise.all(
		[anonymous, contents, long].map(
			async (some) => (await seal(letter.charter, letter.root, key, some)).document.length,
		),
	);
	expect(new Set(sizes).size).toBe(1);
});

test('it has one share for each organizer, in order', async () => {
	const part = readSealed(document, letter.charter);
	const read = (shares: typeof part.shares) => readSealed(JSON.stringify({ ...part, shares }), letter.charter);
	expect(await faultOf(() => read(part.shares.toReversed()))).toBe('sealed-form');
	expect(await faultOf(() => read(part.shares.slice(1)))).toBe('sealed-form');
	expect(await faultOf(() => read([...part.shares.slice(0, 4), part.shares[0]!]))).toBe('sealed-form');
	expect(await faultOf(() => read([...part.shares, part.shares[0]!]))).toBe('sealed-form');
	expect(await faultOf(() => readSealed('{}', letter.charter))).toBe('document-form');
});

describe('contents', () => {
	let statement: Statement;
	let mailbox: string;
	beforeAll(async () => {
		mailbox = await mailboxCommitment(contents.address!, contents.addressSalt!);
		statement = {
			root: letter.root,
			text: random(),
			group: letter.mailbox.id,
			key,
			turn: 1,
			shown: 'named',
			label: await labelCommitment('', contents.labelSalt),
			display: await displayCommitment(contents.display!, contents.displaySalt!),
			sealed: random(),
			condition: null,
		};
	});
	const check = (change: Partial<SealedContents>, attested: { mailbox: string } | null = { mailbox }) =>
		faultOf(() => checkContents(statement, { ...contents, ...change }, attested));

	test('that were committed to hold', async () => {
		expect(await check({})).toBe('none');
		expect(await check({ address: null, addressSalt: null }, null)).toBe('none');
	});

	test('with another name, label or mailbox do not', async () => {
		expect(await check({ display: { name: 'Zoë Ångstrom', title: 'Driver' } })).toBe('display-mismatch');
		expect(await check({ displaySalt: random() })).toBe('display-mismatch');
		expect(await check({ labelSalt: random() })).toBe('label-mismatch');
		expect(await check({ address: 'kim@oceanparcel.example' })).toBe('mailbox-mismatch');
		expect(await check({}, { mailbox: random() })).toBe('mailbox-mismatch');
	});

	test('of another kind of signature do not', async () => {
		expect(await check({ display: null })).toBe('sealed-form');
		expect(await check({ displaySalt: null })).toBe('sealed-form');
		expect(await check({ label: 'Driver' })).toBe('sealed-form');
		expect(await check({ address: null })).toBe('sealed-form');
		expect(await check({ addressSalt: null })).toBe('sealed-form');
		expect(await check({}, null)).toBe('sealed-form');
	});
});

test('shares are 33 bytes, the last the place of the organizer', () => {
	shares.forEach(({ share }: { share: Bytes }, i) => {
		expect(share).toHaveLength(33);
		expect(share[32]).toBe(i + 1);
	});
});
