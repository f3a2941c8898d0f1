import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { Refused } from '../../../shared/client/call.ts';
import type { ErrorCode } from '../../../shared/error-codes.ts';
import { Fault } from '../../../shared/fault.ts';
import '../../../web/sign/all-done.ts';
import '../../../web/sign/confirm-signature.ts';
import '../../../web/sign/enter-words.ts';
import '../../../web/sign/full-stop.ts';
import '../../../web/sign/mail-link.ts';
import '../../../web/sign/own-signature.ts';
import '../../../web/sign/prove-mine.ts';
import { StepEvent, StopEvent } from '../../../web/sign/step-element.ts';
import '../../../web/sign/type-code.ts';
import '../../../web/sign/voucher-code.ts';
import '../../../web/sign/work-address.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, find, fitsItsWidth, send, smallTargets, stage, type } from './stage.ts';

const amara = { shown: 'named', name: 'Amara Okafor', title: 'Engineer', condition: null } as const;
const nothing = async () => {};

afterEach(() => vi.useRealTimers());

describe('the work address', () => {
	const make = (submit: (address: string) => Promise<void>) =>
		stage(Object.assign(document.createElement('work-address'), { domains: ['a.example', 'b.example'], submit }));

	test('warns above the button that sends, names the domains, and offers the voucher', async () => {
		const element = await make(nothing);
		const note = find(element, '.note');
		expect(note.textContent).toContain('Your employer can list everyone who gets this mail.');
		expect(note.compareDocumentPosition(find(element, '[type="submit"]'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
		expect(find(element, '#address-hint').textContent).toContain('@a.example or @b.example');
		const steps: string[] = [];
		element.addEventListener('step', (event) => event instanceof StepEvent && steps.push(event.step));
		find(element, 'button.link').click();
		expect(steps).toEqual(['voucher']);
	});

	test('says beside the field what the server refused, and sends once while it waits', async () => {
		let sent = 0;
		let answer = () => {};
		const element = await make(async () => {
			sent += 1;
			await new Promise<void>((resolve) => {
				answer = resolve;
			});
			throw new Refused('address-role', 400, 'This mailbox belongs to an office.', null, 'address');
		});
		type(element, '#address', 'info@a.example');
		find<HTMLFormElement>(element, 'form').requestSubmit();
		find<HTMLFormElement>(element, 'form').requestSubmit();
		expect(sent).toBe(1);
		answer();
		await settled(element);
		expect(find(element, '#address-wrong').textContent).toBe('This mailbox belongs to an office.');
		expect(find<HTMLInputElement>(element, '#address').value).toBe('info@a.example');
		expect(document.activeElement).toBe(find(element, '.errors'));
	});
});

describe('the code', () => {
	test('is eight digits, however they come into the field, and nothing goes out before the button is pressed', async () => {
		const codes: string[] = [];
		const parts = { address: 'a@a.example', appear: amara, group: { names: ['Northwind'], work: true, told: true } };
		const submit = async (code: string) => void codes.push(code);
		const element = await stage(
			Object.assign(document.createElement('type-code'), { ...parts, submit, resend: nothing }),
		);
		type(element, '#code', '1234 567');
		await send(element);
		expect(codes).toEqual([]);
		// As an autofill does it: all at once, with the events of typing.
		for (const typed of ['1234-5678', '１２３４ ５６７８', '12345678 Somebody asked for this code']) {
			type(element, '#code', typed);
			find(element, '#code').dispatchEvent(new Event('change', { bubbles: true }));
			await settled(element);
		}
		expect(codes).toEqual([]);
		await send(element);
		expect(codes).toEqual(['12345678']);
		const code = find<HTMLInputElement>(element, '#code');
		expect([code.autocomplete, code.inputMode]).toEqual(['one-time-code', 'numeric']);
		expect(find(element, '.as').textContent).toContain('Amara Okafor');
	});

	test('can be sent again after a minute that is shown', async () => {
		vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
		const resend = vi.fn(nothing);
		const element = await stage(Object.assign(document.createElement('type-code'), { address: 'a@a.example', resend }));
		expect(element.textContent).toContain('in 1:00');
		vi.advanceTimersByTime(18_000);
		await element.updateComplete;
		expect(element.textContent).toContain('in 0:42');
		vi.advanceTimersByTime(42_000);
		await element.updateComplete;
		expect(find(element, '[role="status"]').textContent).toContain('You can send another mail now.');
		const again = [...element.querySelectorAll('button')].find((one) => one.textContent === 'Send another');
		again?.click();
		await settled(element);
		expect(resend).toHaveBeenCalledOnce();
		expect(find(element, '[role="status"]').textContent).toContain('Another mail was asked for.');
		// An address gets three: what would not be sent is not offered.
		vi.advanceTimersByTime(60_000);
		await element.updateComplete;
		[...element.querySelectorAll('button')].find((one) => one.textContent === 'Send another')?.click();
		await settled(element);
		vi.advanceTimersByTime(60_000);
		await element.updateComplete;
		expect(element.textContent).toContain('No more mails go to this address for an hour or two.');
		expect(element.textContent).not.toContain('Send another');
		expect(resend).toHaveBeenCalledTimes(2);
	});
});

describe('what cannot be used any more', () => {
	const refuse = (code: ErrorCode, status: number) => async () => {
		throw new Refused(code, status, 'No longer.');
	};
	const label = (element: HTMLElement, words: string) =>
		[...element.querySelectorAll('button')].find((one) => one.textContent === words);
	const stepsOf = (element: HTMLElement) => {
		const steps: string[] = [];
		element.addEventListener('step', (event) => event instanceof StepEvent && steps.push(event.step));
		return steps;
	};

	test('a code that has ended is replaced at once, without the wait', async () => {
		const resend = vi.fn(nothing);
		const parts = { address: 'a@a.example', resend, submit: refuse('code-ended', 410) };
		const element = await stage(Object.assign(document.createElement('type-code'), parts));
		type(element, '#code', '12345678');
		await send(element);
		label(element, 'Send me a new code')?.click();
		await settled(element);
		expect(resend).toHaveBeenCalledOnce();
		expect(label(element, 'Send me a new code')).toBeUndefined();
		expect(element.textContent).toContain('in 1:00');
	});

	test('a link from the mail that was used leads to a new code', async () => {
		const parts = { appear: amara, submit: refuse('already-used', 409) };
		const element = await stage(Object.assign(document.createElement('confirm-signature'), parts));
		const steps = stepsOf(element);
		await send(element);
		label(element, 'Ask for a new code')?.click();
		expect(steps).toEqual(['address']);
	});

	test('a mailbox that has signed leads to its words', async () => {
		const parts = { address: 'a@a.example', submit: refuse('mailbox-already-proved', 409) };
		const element = await stage(Object.assign(document.createElement('type-code'), parts));
		const steps = stepsOf(element);
		type(element, '#code', '12345678');
		await send(element);
		label(element, 'Use the words of that signature')?.click();
		expect(steps).toEqual(['words']);
	});
});

test('whoever signs without the letter on the screen is told which one it is, and can read it', async () => {
	const text = {
		...{ title: 'We ask for quiet nights', addressees: 'The board', language: 'en', translations: [] },
		...{ text: 'Nobody should be **called**.[1]', references: ['A study'] },
	};
	const parts = { appear: amara, needsAddress: false, text };
	const element = await stage(Object.assign(document.createElement('confirm-signature'), parts));
	expect(find(element, 'letter-text b').textContent).toBe('We ask for quiet nights');
	find(element, 'summary').click();
	await expect.poll(() => element.querySelector('.body strong')?.textContent).toBe('called');
	expect(find(element, '.references').textContent).toBe('A study');
	expect(await accessibilityFaults()).toEqual([]);
});

test('a mail whose link could not be looked at is looked at again, not given up', async () => {
	const again = vi.fn(nothing);
	const parts = { arrival: 'unanswered' as const, message: 'No answer came.', again };
	const element = await stage(Object.assign(document.createElement('mail-link'), parts));
	expect(element.textContent).toContain('No answer came.');
	find(element, 'button').click();
	await settled(element);
	expect(again).toHaveBeenCalledOnce();
});

test.each(['stranger', 'cut', 'known'] as const)(
	'the page of the link in the mail (%s) is accessible, and fits 320 px',
	async (arrival) => {
		await page.viewport(320, 800);
		const element = Object.assign(document.createElement('mail-link'), { arrival });
		// It is the whole page.
		document.body.replaceChildren(element);
		[document.documentElement.lang, document.title] = ['en', 'Your code'];
		await element.updateComplete;
		for (const more of element.querySelectorAll('details')) more.open = true;
		expect(await accessibilityFaults()).toEqual([]);
		expect(smallTargets(element)).toEqual([]);
		expect(fitsItsWidth()).toBe(true);
	},
);

test.each([
	['work-address', {}],
	['type-code', { address: 'a@a.example' }],
])('%s sends nobody for vouchers that the letter has not', async (name, parts) => {
	const element = await stage(Object.assign(document.createElement(name as 'work-address'), { domains: [], ...parts }));
	expect(element.textContent).toMatch(/for a voucher/);
	element.vouchers = false;
	await element.updateComplete;
	expect(element.textContent).not.toMatch(/for a voucher/);
});

test('words that take the place of a key say so', async () => {
	const element = await stage(Object.assign(document.createElement('enter-words'), { replaces: true }));
	expect(element.textContent).toContain('take its place');
	expect(element.textContent).not.toContain('holds no signature');
});

test('a fault of the letter is no field’s problem: it stops everything', async () => {
	const submit = async () => {
		throw new Fault('issuer-dishonest', 'credential', 'Not the charter’s key.');
	};
	const element = await stage(Object.assign(document.createElement('confirm-signature'), { appear: amara, submit }));
	const stops: string[] = [];
	element.addEventListener('stop', (event) => event instanceof StopEvent && stops.push(event.problem.message));
	await send(element);
	expect(stops).toEqual(['Not the charter’s key.']);
	expect(element.querySelector('.errors')).toBeNull();
});

test.each([
	['work-address', { domains: ['northwind.example', 'mail.northwind.example'] }],
	['voucher-code', { appear: amara, given: '0123456789ABCDEFGHJKMNPQRSP', mailbox: true }],
	['type-code', { address: 'a.very.long.address.of.somebody@mail.northwind.example', appear: amara }],
	['confirm-signature', { appear: amara, needsAddress: true }],
	[
		'all-done',
		{
			words: 'harbor velvet pencil ocean mirror candle forest silver timber garden winter copper'.split(' '),
			lasting: true,
		},
	],
	['own-signature', { own: { state: 'withdrawn', shown: null, current: false }, letter: 'open' }],
	['prove-mine', { shown: 'named' }],
	['enter-words', {}],
	['full-stop', { problem: new Fault('issuer-key', 'groups.0.issuer', 'The exponent is not 65537.') }],
])('%s is accessible, and fits 320 px', async (name, parts) => {
	await page.viewport(320, 800);
	const element = await stage(Object.assign(document.createElement(name as 'enter-words'), parts));
	expect(await accessibilityFaults()).toEqual([]);
	expect(smallTargets(element)).toEqual([]);
	expect(fitsItsWidth()).toBe(true);
});
