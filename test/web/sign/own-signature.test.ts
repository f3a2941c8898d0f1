import { describe, expect, test, vi } from 'vitest';
import type { LetterState } from '../../../shared/api/signing.ts';
import type { OwnSignature } from '../../../shared/client/own-signature.ts';
import '../../../web/sign/own-signature.ts';
import { settled } from '../settled.ts';
import { find, stage } from './stage.ts';

const nothing = async () => {};

describe('one’s own signature', () => {
	const own = { state: 'signed', shown: 'anonymous', current: true } as const;
	const make = (withdraw: () => Promise<void>) =>
		stage(
			Object.assign(document.createElement('own-signature'), {
				...{ own, letter: 'open' as LetterState, withdraw },
				...{ signAgain: nothing, byName: nothing, forget: nothing },
			}),
		);
	const press = async (element: Awaited<ReturnType<typeof make>>, label: string) => {
		[...element.querySelectorAll('button')].find((one) => one.textContent === label)?.click();
		await settled(element);
	};

	test('is taken off only after saying what that does', async () => {
		const withdraw = vi.fn(nothing);
		const element = await make(withdraw);
		expect(find(element, 'h1').textContent).toBe('You are counted');
		await press(element, 'Take my name off');
		expect(withdraw).not.toHaveBeenCalled();
		expect(document.activeElement).toBe(find(element, 'h1'));
		expect(element.textContent).toContain('erased here');
		await press(element, 'Leave it as it is');
		await press(element, 'Take my name off');
		await press(element, 'Take my name off');
		expect(withdraw).toHaveBeenCalledOnce();
	});

	test('offers the name to whoever signed anonymously', async () => {
		const element = await make(nothing);
		expect(element.textContent).toContain('Sign by name instead');
		element.letter = 'review';
		await element.updateComplete;
		expect(element.textContent).not.toContain('Sign by name instead');
	});
});

describe('what was sent last and not answered', () => {
	const make = (own: OwnSignature, change: object = {}) =>
		stage(
			Object.assign(document.createElement('own-signature'), {
				...{ own, letter: 'open' as LetterState, withdraw: nothing, look: nothing },
				...{ signAgain: nothing, byName: nothing, forget: nothing, ...change },
			}),
		);
	const labels = (element: Element) => [...element.querySelectorAll('button')].map((one) => one.textContent);
	const press = async (element: Awaited<ReturnType<typeof make>>, label: string) => {
		[...element.querySelectorAll('button')].find((one) => one.textContent === label)?.click();
		await settled(element);
	};
	const withdrawn = { state: 'withdrawn', shown: null, current: false } as const;

	test('is said to whoever took their name off, who can take it off once more', async () => {
		const withdraw = vi.fn(nothing);
		const element = await make({ ...withdrawn, coming: 'named' }, { withdraw });
		expect(find(element, '.note').textContent).toMatch(/by name, was not answered. It may still arrive/);
		await press(element, 'Take my name off');
		expect(element.textContent).toContain('comes too late, should it still arrive');
		await press(element, 'Take my name off');
		expect(withdraw).toHaveBeenCalledOnce();
		const usual = await make(withdrawn);
		expect(labels(usual)).not.toContain('Take my name off');
		expect(usual.textContent).not.toContain('arrive');
	});

	test('is said where nothing is there to take off: one looks again', async () => {
		const look = vi.fn(nothing);
		const element = await make({ state: 'none', coming: 'anonymous' }, { look });
		expect(find(element, 'h1').textContent).toBe('Not signed so far');
		expect(find(element, '.note').textContent).toMatch(
			/an anonymous signature.*Before it is there it cannot be taken off/,
		);
		expect(labels(element)).not.toContain('Take my name off');
		await press(element, 'Look again');
		expect(look).toHaveBeenCalledOnce();
	});

	test('is said beside what stands', async () => {
		const element = await make({ state: 'signed', shown: 'anonymous', current: true, coming: 'named' });
		expect(find(element, 'h1').textContent).toBe('You are counted');
		expect(find(element, '.note').textContent).toMatch(/by name.*take your name off now, it comes too late/);
		expect(labels(element).filter((one) => one === 'Take my name off')).toHaveLength(1);
	});
});

test('of a letter that was restored from a copy, what was lost is said, and what can be done about it', async () => {
	const element = await stage(
		Object.assign(document.createElement('own-signature'), {
			...{ own: { state: 'none' }, letter: 'open' as LetterState, restored: 'with-keys' as const },
			...{ withdraw: nothing, signAgain: nothing, byName: nothing, forget: nothing },
		}),
	);
	expect(element.textContent).toContain('What came after that copy is lost.');
	expect(element.textContent).toContain('You can sign once more.');
	Object.assign(element, { letter: 'review', restored: 'without-keys' });
	await element.updateComplete;
	expect(element.textContent).toContain('lost the keys without which nobody can sign');
	expect(element.textContent).toContain('you are not on the letter');
	Object.assign(element, { own: { state: 'signed', shown: 'named', current: true } });
	await element.updateComplete;
	expect(element.textContent).toContain('take it off once more');
	Object.assign(element, { letter: 'scheduled', restored: 'after-signing' });
	await element.updateComplete;
	expect(element.textContent).toContain('take it off once more');
	Object.assign(element, { own: { state: 'none' } });
	await element.updateComplete;
	expect(element.textContent).not.toContain('copy');
	Object.assign(element, { restored: null });
	await element.updateComplete;
	expect(element.textContent).not.toContain('copy');
});

test('of a letter that was given up, nothing is offered but to forget it', async () => {
	const forget = vi.fn(nothing);
	const own = { state: 'none' } as const;
	const parts = { own, letter: 'abandoned' as LetterState, forget };
	const element = await stage(Object.assign(document.createElement('own-signature'), parts));
	expect(find(element, 'h1').textContent).toBe('This letter was given up');
	expect([...element.querySelectorAll('button')].map((one) => one.textContent)).toEqual(['Forget it on this device']);
	find(element, 'button').click();
	await settled(element);
	expect(element.textContent).not.toContain('twelve words');
	find(element, 'button').click();
	await settled(element);
	expect(forget).toHaveBeenCalledOnce();
});
