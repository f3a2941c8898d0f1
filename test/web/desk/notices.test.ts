import { expect, test } from 'vitest';
import type { OpenedName } from '../../../shared/client/opening.ts';
import { readStatement } from '../../../shared/statement.ts';
import { findRows, fits, nameRows } from '../../../web/desk/notices.ts';
import { buildLetter } from '../../support/letter.ts';

test.each([
	['Amara Okafor', 'a.okafor@northwind.example'],
	['Li Wei', 'wli2@contoso.example'],
	['Joana Ferreira da Silva', 'joana.fs@northwind.example'],
	['Dmytro Longname', 'dlong@northwind.example'],
	['José Nuñez', 'jnunez@northwind.example'],
	['Zoë Łukasik-Brown', 'zlb@northwind.example'],
	['王小明', 'xwang@northwind.example'],
	['محمد الأمين', 'k.ruiz@northwind.example'],
])('%s fits %s', (name, mailbox) => {
	expect(fits(name, mailbox)).toBe(true);
});

test.each([
	['The Chairman', 'j.doe@northwind.example'],
	['Mickey M.', 'k.ruiz@northwind.example'],
	['Amara Okafor', 'northwind@okapi.example'],
])('%s does not fit %s', (name, mailbox) => {
	expect(fits(name, mailbox)).toBe(false);
});

async function names(...signers: [name: string, title: string, mailbox: string | null][]): Promise<OpenedName[]> {
	const letter = await buildLetter({ signers: signers.map(([name, title]) => ({ name, title })) });
	return letter.signers.map(({ opened }, i) => {
		const statement = readStatement(opened.statement);
		return {
			key: statement.key,
			statement,
			opened: { ...opened, contents: { ...opened.contents, address: signers[i]?.[2] ?? null } },
		};
	});
}

test('twice the same name or mailbox, an addressee, a voucher: each is said, and stands first', async () => {
	const rows = nameRows(
		await names(
			['Amara Okafor', 'Engineer', 'a.okafor@northwind.example'],
			['Li Wei', '', 'wli2@northwind.example'],
			['LI WEI', '', 'lwei@northwind.example'],
			['Ada Example', 'Chief executive', 'a.example@northwind.example'],
			['Toni Contractor', '', null],
		),
		'Ada Example, chief executive of Northwind',
	);
	const said = Object.fromEntries(rows.map((row) => [row.name, row.notices.map((notice) => notice.text)]));
	expect(said).toEqual({
		'Amara Okafor': [],
		'Li Wei': ['Same name twice'],
		'LI WEI': ['Same name twice'],
		'Ada Example': ['Same name as an addressee', 'Same title as an addressee'],
		'Toni Contractor': ['Voucher: no mailbox behind it'],
	});
	expect(findRows(rows, '', 'noticed')[0]?.name).toBe('Ada Example');
	expect(findRows(rows, '', 'name')[0]?.name).toBe('Ada Example');
	expect(findRows(rows, 'wei lwei', 'name').map((row) => row.name)).toEqual(['LI WEI']);
	expect(findRows(rows, 'northwind', 'mailbox')).toHaveLength(4);
});
