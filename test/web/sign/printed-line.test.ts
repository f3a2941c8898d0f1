import { render } from 'lit';
import { expect, test } from 'vitest';
import type { Group } from '../../../shared/charter.ts';
import type { Appearance, SignerRecord } from '../../../shared/client/signer-record.ts';
import { printedLine } from '../../../web/sign/fields.ts';
import { groupOf } from '../../../web/sign/proving-ways.ts';

const group = (id: string, proof: Group['proof'] = 'mailbox') => ({ id, name: id, proof }) as Group;
const [northwind, contoso, contractors] = [group('Northwind'), group('Contoso'), group('Contractors', 'voucher')];
const asked = (id: string) => ({ asked: { group: id, confirmation: '' } }) as SignerRecord;

const somebody: Appearance = { shown: 'anonymous', label: null, condition: null };
const driver: Appearance = { shown: 'anonymous', label: 'Driver', condition: null };
const amara: Appearance = { shown: 'named', name: 'Amara Okafor', title: 'Driver', condition: null };

/** As people read it, without its caption. */
function line(appear: Appearance, groups: Group[], record: SignerRecord | null = null): string {
	const page = document.createElement('main');
	render(printedLine('', appear, groupOf(groups, record)), page);
	return page.textContent.trim();
}

test.each([
	[somebody, [northwind], null, 'Someone who works at Northwind'],
	[somebody, [northwind, contoso], null, 'Someone who works at Northwind or Contoso'],
	[somebody, [northwind, contoso], asked('Contoso'), 'Someone who works at Contoso'],
	// A voucher does not say that somebody works there.
	[somebody, [contractors], null, 'Someone of Contractors'],
	[somebody, [northwind, contractors], null, 'Someone of Northwind or Contractors'],
	[somebody, [northwind, contoso, contractors], null, 'Someone of Northwind, Contoso or Contractors'],
	[somebody, [northwind, contractors], asked('Northwind'), 'Someone who works at Northwind'],
	[somebody, [northwind, contoso, group('C'), group('D')], null, 'Someone who works there'],
	[somebody, [northwind, contoso, group('C'), contractors], null, 'Someone of your group'],
	// The letter names groups in its lines only where it has several.
	[driver, [northwind], null, 'Driver'],
	[driver, [northwind, contoso], null, 'Driver, Northwind or Contoso'],
	[amara, [northwind], null, 'Amara OkaforDriver'],
	[amara, [northwind, contoso], asked('Northwind'), 'Amara OkaforDriver, Northwind'],
	[amara, [northwind, contoso, group('C'), group('D')], null, 'Amara OkaforDriver, your group'],
])('what the letter will say of %o among %o', (appear, groups, record, said) => {
	expect(line(appear, groups, record)).toBe(said);
});
