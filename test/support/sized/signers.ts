/**
 * Who signs a letter of any size: always the same people for the same size. Two of three by name, in a dozen scripts, a few of them as pages like them least; the
 * others anonymously, with and without labels; every 25th with a voucher, while there are any; every 20th on a condition that holds; every 100th withdraws in the end.
 */
import { person } from '../../../server/command/demo/people.ts';
import type { TestSigner } from '../letter.ts';

export const LABELS = ['Software engineer', 'Researcher', 'Operations'];

/** Names that are none, and names that are hard to print. */
const AWKWARD = [
	'<script>alert(1)</script>',
	'"Quoted" O’Neil & Søns <b>',
	'=HYPERLINK("https://example.com")',
	`Z${'\u0301\u0323'.repeat(20)}algo`.normalize('NFC'),
	'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Llanfairpwllgwyngyllgogery',
	'אברהם בן־דוד',
	'ไพลิน ศรีสุข',
	'👩‍🔬 Ada',
];
const GIVEN = [
	...['Ana', 'Björn', 'Chloé', 'Dóra', 'Emil', 'Fátima', 'Gwen', 'Håkon', 'Ilse', 'João', 'Katarzyna', 'Łukasz'],
	...['Marta', 'Nuno', 'Oğuz', 'Petra', 'Quentin', 'Rūta', 'Sören', 'Šárka', 'Thuỷ', 'Uwe', 'Vera', 'Zoë'],
];
const BEGIN = ['Al', 'Ber', 'Cor', 'Dal', 'El', 'Fer', 'Gar', 'Hol', 'Ka', 'Lind', 'Mar', 'Nov', 'Os', 'Per', 'Ro'];
const MIDDLE = ['a', 'e', 'i', 'o', 'ber', 'den', 'gar', 'kin', 'lo', 'man', 'ner', 'ri', 'sel', 'ti', 'ven', 'wa'];
const END = ['cki', 'dez', 'do', 'lund', 'mann', 'nen', 'no', 'ová', 'rão', 'rsson', 'ssy', 'tti', 'vić', 'yan', 'şen'];

/** Two of three have a name of their own even among 100,000. */
function nameOf(n: number): string {
	const awkward = AWKWARD[n / 12];
	if (awkward !== undefined) return awkward;
	if (n % 4 === 3) return person(n).name;
	const pick = (of: readonly string[], step: number): string => of[Math.floor(n / step) % of.length] ?? '';
	return `${pick(GIVEN, 1)} ${pick(BEGIN, 7)}${pick(MIDDLE, 31)}${pick(END, 101)}`;
}

const VOUCHERS = 500;

/** @param n from 0. In small letters nobody is anonymous with a voucher, since they would lapse. */
export function sizedSigner(n: number, count: number): TestSigner {
	const group = n % 25 === 24 && n < VOUCHERS * 25 ? 1 : 0;
	const condition = n % 20 === 10 ? { signatures: Math.floor(count / 2) } : null;
	if (n % 3 === 2 && (group === 0 || count >= 1_000)) {
		const label = LABELS[Math.floor(n / 3) % (LABELS.length + 1)];
		return { group, condition, ...(label === undefined ? {} : { label }) };
	}
	return { group, name: nameOf(n), title: person(n).title, condition };
}

export const withdraws = (n: number): boolean => n % 100 === 57;
