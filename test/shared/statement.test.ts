import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { b64u, newId, randomBytes } from '../../shared/bytes.ts';
import { type KeyPair, signerKeys } from '../../shared/keys.ts';
import {
	cleanName,
	displayCommitment,
	labelCommitment,
	REFUSED_IN_NAMES,
	readStatement,
	type Statement,
	signStatement,
	signWithdrawal,
	verifyStatement,
	verifyWithdrawal,
	writeDisplay,
	writeStatement,
} from '../../shared/statement.ts';
import { flipBit } from '../support/charter.ts';
import { faultOf } from '../support/fault-of.ts';

const root = b64u(randomBytes(32));
const random = () => b64u(randomBytes(32));
let keys: KeyPair;
let statement: Statement;
let document: string;
let authenticator: string;
beforeAll(async () => {
	keys = await signerKeys(randomBytes(16), root);
	statement = {
		root,
		text: random(),
		group: newId(),
		key: keys.publicKey,
		turn: 1,
		shown: 'named',
		label: random(),
		display: random(),
		sealed: random(),
		condition: { named: 20 },
	};
	document = writeStatement(statement);
	authenticator = await signStatement(keys.privateKey, document);
});

test('a statement is read as it was written, and verifies', async () => {
	expect(readStatement(document)).toEqual(statement);
	expect(await verifyStatement(document, statement, authenticator)).toBe(true);
});

test('a flipped bit anywhere is refused', async () => {
	await fc.assert(
		fc.asyncProperty(fc.nat({ max: document.length * 8 - 1 }), async (at) => {
			const flipped = flipBit(document, at);
			if (flipped === null) return true;
			let read: Statement;
			try {
				read = readStatement(flipped);
			} catch {
				return true;
			}
			return !(await verifyStatement(flipped, read, authenticator));
		}),
	);
});

test.each([
	['a display for the anonymous', { shown: 'anonymous' as const }],
	['no display for the named', { display: null }],
	['turn 0', { turn: 0 }],
	['a turn past 2^31 - 2', { turn: 2 ** 31 - 1 }],
	['a condition of none', { condition: { signatures: 0 } }],
	['a condition past a million', { condition: { signatures: 1_000_001 } }],
])('%s has not the form', async (_, change) => {
	expect(await faultOf(() => writeStatement({ ...statement, ...change }))).toBe('document-form');
});

test('a condition counts one thing', async () => {
	for (const condition of ['{"signatures":1,"named":1}', '{}', '{"others":1}']) {
		expect(await faultOf(() => readStatement(document.replace('{"named":20}', condition)))).toBe('document-form');
	}
});

describe('a withdrawal', () => {
	test('is for one letter, key and turn', async () => {
		const withdrawal = await signWithdrawal(keys.privateKey, root, keys.publicKey, 2);
		expect(await verifyWithdrawal(root, keys.publicKey, withdrawal)).toBe(true);
		expect(await verifyWithdrawal(random(), keys.publicKey, withdrawal)).toBe(false);
		expect(await verifyWithdrawal(root, random(), withdrawal)).toBe(false);
		expect(await verifyWithdrawal(root, keys.publicKey, { ...withdrawal, turn: 3 })).toBe(false);
	});

	test('is no statement, and a statement is no withdrawal', async () => {
		const withdrawal = await signWithdrawal(keys.privateKey, root, keys.publicKey, 2);
		expect(await verifyStatement(document, statement, withdrawal.authenticator)).toBe(false);
		expect(await verifyWithdrawal(root, keys.publicKey, { turn: 1, authenticator })).toBe(false);
	});

	test('nothing of one turn serves for another', async () => {
		const turn = fc.integer({ min: 1, max: 2 ** 31 - 2 });
		await fc.assert(
			fc.asyncProperty(turn, turn, async (made, claimed) => {
				const withdrawal = await signWithdrawal(keys.privateKey, root, keys.publicKey, made);
				const replayed = { ...withdrawal, turn: claimed };
				const early = writeStatement({ ...statement, turn: made });
				const late = writeStatement({ ...statement, turn: claimed });
				const signed = await signStatement(keys.privateKey, early);
				return (
					(await verifyWithdrawal(root, keys.publicKey, replayed)) === (made === claimed) &&
					(await verifyStatement(late, readStatement(late), signed)) === (made === claimed)
				);
			}),
			{ numRuns: 50 },
		);
	});
});

/** Any code points, lone surrogates among them. */
const anyText = fc
	.array(fc.oneof(fc.nat({ max: 0x2fff }), fc.nat({ max: 0x10ffff })), { maxLength: 20 })
	.map((points) => String.fromCodePoint(...points));

describe('a name', () => {
	test.each([
		[' Zoë  Ångström ', 'Zoë  Ångström'],
		['Zoe\u0308', 'Zoë'],
		['محمد بن سلمان', 'محمد بن سلمان'],
		['نرگس\u200cخاتون', 'نرگس\u200cخاتون'],
		['क्\u200dष', 'क्\u200dष'],
		['葛\u{e0100}城', '葛\u{e0100}城'],
		['Ngô Thị Hạnh', 'Ngô Thị Hạnh'],
		["D'Arcy O’Neil-Śmith", "D'Arcy O’Neil-Śmith"],
		['', ''],
	])('%s is printed as it is meant', (typed, clean) => {
		expect(cleanName(typed)).toBe(clean);
		if (clean !== '') expect(writeDisplay({ name: clean, title: clean })).toContain(clean);
	});

	test('with a refused character loses it where it is typed, and is refused in a document: first and last of each range', async () => {
		for (const point of REFUSED_IN_NAMES.flat()) {
			const name = `Kim${String.fromCodePoint(point)}Doe`;
			expect(cleanName(name)).toMatch(/^Kim ?Doe$/);
			expect(await faultOf(() => writeDisplay({ name, title: '' }))).toBe('document-form');
			expect(await faultOf(() => writeDisplay({ name: 'Kim', title: name }))).toBe('document-form');
		}
	});

	test.each([
		['joiners alone', '\u200d\u200c', ''],
		['what takes no room alone', ' \u200b\ufeff', ''],
		['a line end', 'Kim\nDoe', 'Kim Doe'],
		['a right-to-left override', '\u202eKim\u202c', 'Kim'],
		['a blank that only its removal lays bare', 'Kim \u2066', 'Kim'],
		['a joiner and a selector between Latin letters', 'K\u200d\ufe0e\u200cim', 'Kim'],
		['a letter and its mark, parted by nothing that is seen', 'Zoe\u200b\u0308', 'Zoë'],
	])('of %s is what can be seen of it', (_, name, seen) => {
		expect(cleanName(name)).toBe(seen);
		expect(cleanName(seen)).toBe(seen);
	});

	test('of half a character is refused', async () => {
		expect(await faultOf(() => cleanName('Kim\ud800'))).toBe('name-characters');
		expect(await faultOf(() => writeDisplay({ name: 'Kim\ud800', title: '' }))).toBe('document-form');
	});

	test.each([
		['with a blank before it', ' Kim'],
		['with a wide blank after it', 'Kim\u3000'],
		['empty', ''],
		['of 81 characters', 'k'.repeat(81)],
	])('%s is not accepted in a document', async (_, name) => {
		expect(await faultOf(() => writeDisplay({ name, title: '' }))).toBe('document-form');
	});

	test('is put into NFC where it is typed, and in a document is what it is: every version of Unicode judges it alike', () => {
		expect(cleanName('Zoe\u0308')).toBe('Zoë');
		expect(writeDisplay({ name: 'Zoe\u0308', title: '' })).toBe('{"name":"Zoe\u0308","title":""}');
	});

	test.each(['k', 'é', 'ن', '王', '𞤀'])('has 80 characters in any script: %s', async (letter) => {
		const longest = { name: letter.repeat(80), title: letter.repeat(80) };
		expect(cleanName(longest.name)).toBe(longest.name);
		expect(JSON.parse(writeDisplay(longest))).toEqual(longest);
		expect(await faultOf(() => cleanName(letter.repeat(81)))).toBe('name-length');
		expect(await faultOf(() => writeDisplay({ name: 'Kim', title: letter.repeat(81) }))).toBe('document-form');
	});

	test('that was cleaned is accepted', () => {
		fc.assert(
			fc.property(anyText, (typed) => {
				let name: string;
				try {
					name = cleanName(typed);
				} catch {
					return true;
				}
				return name === '' || writeDisplay({ name, title: name }) === JSON.stringify({ name, title: name });
			}),
			{ numRuns: 200 },
		);
	});
});

test('commitments bind name, title, label and salt', async () => {
	const [salt, other] = [random(), random()];
	const of = [
		await displayCommitment({ name: 'Kim', title: '' }, salt),
		await displayCommitment({ name: 'Kim', title: 'Driver' }, salt),
		await displayCommitment({ name: 'Kin', title: '' }, salt),
		await displayCommitment({ name: 'Kim', title: '' }, other),
		await labelCommitment('', salt),
		await labelCommitment('Driver', salt),
		await labelCommitment('', other),
	];
	expect(new Set(of).size).toBe(of.length);
});
