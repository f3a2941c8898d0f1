import { expect, test } from 'vitest';
import { createLog, type LogFields } from '../../../server/platform/log.ts';

const logged = (fields: object): string => {
	const lines: string[] = [];
	createLog((line) => lines.push(line))('something', fields as LogFields);
	return lines.join('');
};

test('an event is one line of JSON', () => {
	expect(JSON.parse(logged({ letter: 'L1', count: 3 }))).toMatchObject({ event: 'something', letter: 'L1', count: 3 });
	expect(logged({ code: 'two\nlines' }).trimEnd()).not.toContain('\n');
});

test('a field that is not on the list is left out, whoever passes it', () => {
	const line = logged({
		address: 'amina@northwind.example',
		name: 'Amina',
		ip: '192.0.2.7',
		body: { code: '12345678' },
	});
	for (const leak of ['amina', 'Amina', '192.0.2.7', '12345678']) expect(line).not.toContain(leak);
});

test('of an error only its kind, its code and where it happened are logged', () => {
	const failure = Object.assign(new Error('Key (address)=(amina@northwind.example)\n  already exists'), {
		code: '23505',
		detail: 'amina@northwind.example',
	});
	const line = JSON.parse(logged({ failure }));
	expect(line).toMatchObject({ failure: 'Error', failureCode: '23505' });
	expect(line.at[0]).toContain('log.test');
	expect(JSON.stringify(line)).not.toContain('amina');
});

test('a message cannot pass itself off as a stack frame', () => {
	expect(logged({ failure: new Error('x\n    at amina@northwind.example (secret)') })).not.toContain('amina');
});
