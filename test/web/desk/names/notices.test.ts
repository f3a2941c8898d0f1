import { describe, expect, test } from 'vitest';
import type { OpenedName } from '../../../../shared/client/opening.ts';
import { readStatement } from '../../../../shared/statement.ts';
import { type Fit, mailboxFit } from '../../../../web/desk/names/fit.ts';
import { NameList } from '../../../../web/desk/names/name-list.ts';
import type { Notice } from '../../../../web/desk/names/notices.ts';
import { buildLetter } from '../../../support/letter.ts';

describe('a name and a mailbox', () => {
	const cases: [name: string, local: string, Fit][] = [
		['Amara Okafor', 'a.okafor', 'fits'],
		['Li Wei', 'wli2', 'fits'],
		['Li Wei', 'weili', 'fits'],
		['Bo Ng', 'bng', 'fits'],
		['Wu Li', 'wu.l', 'fits'],
		['Joana Ferreira da Silva', 'joana.fs', 'fits'],
		['Dmytro Longname', 'dlong', 'fits'],
		['José Nuñez', 'jnunez', 'fits'],
		['Zoë Łukasik-Brown', 'zlb', 'fits'],
		['Jörg Müller', 'joerg.mueller', 'fits'],
		['Jörg Müller', 'j.muller', 'fits'],
		['Søren Kjær', 'soeren', 'fits'],
		['Ana O’Neil', "a.o'neil", 'fits'],
		['Nguyễn Thị Minh Khai', 'khai.nguyen', 'fits'],
		['İbrahim Yıldız', 'iyildiz', 'fits'],
		['Dr. Katarzyna Wójcik', 'kwojcik', 'fits'],
		['Amara Okafor', 'e104233', 'unknown'],
		['Amara Okafor', '778812', 'unknown'],
		['王小明', 'xwang', 'unknown'],
		['محمد الأمين', 'k.ruiz', 'unknown'],
		['अनुराधा शर्मा', 'a.sharma', 'unknown'],
		['王小明 (Xiaoming Wang)', 'xwang', 'fits'],
		['Дмитро Коваль', 'd.koval', 'fits'],
		['Христина Шевченко', 'khrystyna.shevchenko', 'fits'],
		['Юрій Щербак', 'y.shcherbak', 'fits'],
		['Γιώργος Παπαδόπουλος', 'g.papadopoulos', 'fits'],
		['Дмитро Коваль', 'k.ruiz', 'perhaps not'],
		['The Chairman', 'j.doe', 'unlike'],
		['Mickey M.', 'k.ruiz', 'unlike'],
		['Ana de Souza', 'federico', 'unlike'],
		['Ana Silva', 'k.banana.x', 'fits'],
		['Amara Okafor', 'northwind', 'unlike'],
	];
	test.each(cases)('%s, %s@: %s', (name, local, expected) => {
		expect(mailboxFit(name, `${local}@okafor.example`)).toBe(expected);
	});
});

type Signer = [name: string, title: string, mailbox: string | null];

async function opened(...signers: Signer[]): Promise<OpenedName[]> {
	const letter = await buildLetter({ signers: signers.map(([name, title]) => ({ name, title })) });
	return letter.signers.map(({ opened }, i) => {
		const statement = readStatement(opened.statement);
		const contents = { ...opened.contents, address: signers[i]?.[2] ?? null };
		return { key: statement.key, statement, opened: { ...opened, contents } };
	});
}

const ADDRESSEES = 'Ada Maria Example, chief executive of Northwind; Amy Board, chair';
const all = { typed: '', order: 'noticed', group: '', show: 'all' } as const;
const nobody = new Set<string>();

async function listOf(signers: Signer[], extra = new Map<string, Notice[]>()): Promise<NameList> {
	return NameList.of(await opened(...signers), { addressees: ADDRESSEES, organizers: ['R.', 'Kim Organizer'], extra });
}

const said = (list: NameList) => list.all.map((row) => [row.name, row.notices.map((notice) => notice.text).join('; ')]);

test('what is unusual is said, and stands first', async () => {
	const list = await listOf([
		['Amara Okafor', 'Engineer', 'a.okafor@northwind.example'],
		['Ada Example', 'Chief executive', 'a.example@northwind.example'],
		['Amy Example', '', 'amy.example@northwind.example'],
		['Bea Twice', '', 'b.twice@northwind.example'],
		['Twice, Bea', '', 'bea@northwind.example'],
		['Cem Again', 'Analyst', 'cem@northwind.example'],
		['CEM AGAIN', 'analyst', 'cem.again@northwind.example'],
		['Didi Both', '', 'didi@northwind.example'],
		['Didi Both', 'Driver', null],
		['Eve Mailbox', '', 'shared.eve@northwind.example'],
		['Shared Mailbox', '', 'shared.eve@northwind.example'],
		['Kim Organizer', '', 'kim@northwind.example'],
		['P\u0430ul Cyrillic', '', 'paul@northwind.example'],
		['Somebody 4', '', 'somebody@northwind.example'],
	]);
	expect(Object.fromEntries(said(list))).toEqual({
		'Amara Okafor': '',
		'Ada Example': 'Same name as an addressee; Same title as an addressee',
		'Amy Example': '',
		'Bea Twice': 'Same name twice',
		'Twice, Bea': 'Same name twice',
		'Cem Again': 'Same name and title twice',
		'CEM AGAIN': 'Same name and title twice',
		'Didi Both': 'Same name twice, once by voucher; Voucher: no mailbox behind it',
		'Eve Mailbox': 'Same mailbox twice',
		'Shared Mailbox': 'Same mailbox twice',
		'Kim Organizer': 'Same name as an organizer',
		'P\u0430ul Cyrillic': 'Letters of different scripts in one word',
		'Somebody 4': 'Not written like a name',
	});
	const first = list
		.find(all, nobody, nobody)
		.slice(0, 8)
		.map((row) => row.notices.some((one) => one.serious));
	expect(first).toEqual(Array(8).fill(true));
});

test('an addressee is known in either order and with an initial, not by the pieces of two', async () => {
	const names = ['Ada Maria Example', 'Example, Ada Maria', 'Amy B. Board', 'Amy Example'];
	const list = await listOf(
		names.map((name): Signer => [name, '', `${name.toLowerCase().replace(/[^a-z]/g, '')}@northwind.example`]),
	);
	const found = list.find({ ...all, show: 'look' }, nobody, nobody).map((row) => row.name);
	expect(found.toSorted()).toEqual(['Ada Maria Example', 'Amy B. Board', 'Example, Ada Maria']);
});

test('where mailboxes say nothing of names, that is no reason to look at everybody', async () => {
	const few: Signer[] = Array.from({ length: 30 }, (_, i) => [
		`Ann ${'aeiou'[i % 5]}b${'aeiou'[Math.floor(i / 5) % 5]}d${'r'.repeat(1 + Math.floor(i / 25))}`,
		'',
		`qz${'k'.repeat(4 + i)}@northwind.example`,
	]);
	const list = await listOf(few);
	expect(list.all.some((row) => row.notices.some((notice) => notice.serious))).toBe(false);
	expect(list.all[0]?.notices[0]?.text).toBe('Mailbox says nothing of the name, as most here');
});

test('finds without accents, in every column; by group, by what was noticed and by what is proposed', async () => {
	const list = await listOf([
		['José Núñez', 'Welder', 'jn@northwind.example'],
		['Li Wei', 'Engineer', 'wli2@contoso.example'],
		['Toni Contractor', '', null],
	]);
	const names = (wanted: object, struck = nobody, gone = nobody) =>
		list.find({ ...all, order: 'name', ...wanted }, struck, gone).map((row) => row.name);
	expect(names({ typed: 'nunez jose' })).toEqual(['José Núñez']);
	expect(names({ typed: 'CONTOSO engineer' })).toEqual(['Li Wei']);
	expect(names({ order: 'mailbox' })).toEqual(['José Núñez', 'Li Wei', 'Toni Contractor']);
	expect(names({ show: 'plain' })).toEqual(['José Núñez', 'Li Wei']);
	const key = list.all[1]?.key ?? '';
	expect(names({ show: 'struck' }, new Set([key]))).toEqual(['Li Wei']);
	expect(names({}, nobody, new Set([key]))).toEqual(['José Núñez', 'Toni Contractor']);
	expect(names({ group: list.all[0]?.group ?? '' })).toHaveLength(3);
	expect(names({ group: 'another' })).toEqual([]);
});

test('a notice from elsewhere comes first, and may bring its strike along', async () => {
	const signers: Signer[] = [
		['Amara Okafor', '', 'a.okafor@northwind.example'],
		['Li Wei', '', 'wli2@northwind.example'],
	];
	const [, second] = await opened(...signers);
	const asks: Notice = { serious: true, text: 'Asks to be taken off', strike: 'asked' };
	const list = await listOf(signers, new Map([[second?.key ?? '', [asks]]]));
	expect(list.find(all, nobody, nobody)[0]).toMatchObject({ name: 'Li Wei', notices: [asks] });
});
