import { expect, test } from 'vitest';
import { fold } from '../../shared/fold.ts';

test.each([
	['Żaneta Łęcka', 'zaneta lecka'],
	['JÖRG MÜLLER-Straße', 'jorg muller-strasse'],
	['Søren Ægir Þórðarson', 'soren aegir thordarson'],
	['İpek Yıldız', 'ipek yildiz'],
	['Nguyễn Thị Ánh', 'nguyen thi anh'],
	['Οδυσσεύς', 'οδυσσευσ'],
	['Алёна Йорк', 'алена иорк'],
	['مُحَمَّد', 'محمد'],
	['أحمد', 'احمد'],
	['علی', 'علي'],
	['שָׁלוֹם', 'שלום'],
	['ﾀﾅｶ', 'タナカ'],
	['अनुराधा', 'अनुराधा'],
])('%s is found as %s', (name, found) => {
	// Composed and in pieces, the same.
	expect(fold(name).normalize('NFC')).toBe(found.normalize('NFC'));
	expect(fold(name.normalize('NFD'))).toBe(fold(name.normalize('NFC')));
});
