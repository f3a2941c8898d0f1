import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveryMail, readDeliveries, readDeliveryAddress } from '../../shared/delivery.ts';
import { LIMITS } from '../../shared/limits.ts';

const letter = {
	...{ title: 'We refuse', addressees: 'the board of Acme', address: 'https://letters.example/letters/we-refuse/' },
	...{ press: 'press@letters.example', releasedAt: '2027-03-01T09:00:00Z' },
};

describe('addresses that a letter is sent to', () => {
	test.each([
		'"a@evil.example"@acme.example',
		'a@acme.example, b@acme.example',
		'The board <a@acme.example>',
		'a@acme.example\r\nBcc: b@acme.example',
		'a@localhost',
		'a@-acme.example',
		'a@acme..example',
		'\u0430@acme.example',
		'a\u0000@acme.example',
		'@acme.example',
		'',
	])('%j is refused', (typed) => {
		expect(() => readDeliveryAddress(typed)).toThrow();
	});

	test('whatever is let through is one address that no mail program reads as two', () => {
		const letters = fc.string({ unit: fc.constantFrom(...'aA0.-_+@\',;<>"() \r\n\u0430'), maxLength: 12 });
		const parts = fc.tuple(letters, fc.constantFrom('@', '@acme.', '@a-b.'), letters);
		const typed = fc.oneof(
			parts.map((three) => three.join('')),
			fc.string({ unit: 'binary' }),
		);
		fc.assert(
			fc.property(typed, (address) => {
				let read = '';
				try {
					read = readDeliveryAddress(address);
				} catch {
					return;
				}
				expect(read).toMatch(/^[A-Za-z0-9._+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/);
				expect(read).toBe(address.trim());
			}),
		);
	});

	test('none twice, and not too many', () => {
		expect(readDeliveries([' ceo@acme.example ', 'board@acme.example'])).toEqual([
			'ceo@acme.example',
			'board@acme.example',
		]);
		expect(() => readDeliveries(['ceo@acme.example', 'CEO@acme.example'])).toThrow('there twice');
		const many = Array.from({ length: LIMITS.deliveries + 1 }, (_, n) => `n${n}@acme.example`);
		expect(() => readDeliveries(many)).toThrow('at most');
	});
});

test('the mail says what the letter is, where it stands, whom to ask; and whether the PDF comes along', () => {
	const { subject, text } = deliveryMail({ ...letter, title: 'We\nrefuse' }, true);
	expect(subject).toBe('Open letter: We refuse');
	for (const part of [letter.addressees, letter.address, letter.press, '1 March 2027', 'attached']) {
		expect(text).toContain(part);
	}
	expect(deliveryMail(letter, false).text).toContain(`${letter.address}letter.pdf`);
});
