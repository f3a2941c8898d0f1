import { describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { LetterState } from '../../../shared/api/signing.ts';
import { Fault } from '../../../shared/fault.ts';
import '../../../web/sign/own-signature.ts';
import '../../../web/sign/prove-mine.ts';
import { accessibilityFaults, find, fitsItsWidth, send, smallTargets, stage, type } from './stage.ts';

describe('proving that a signature is one’s own', () => {
	const proof = `undersigned-mine-1.${'eyJyb290Ijoi'.repeat(40)}`;
	const make = (parts: object) =>
		stage(Object.assign(document.createElement('prove-mine'), { shown: 'anonymous', ...parts }));

	test('is offered once it is published, and only then', async () => {
		const offered = async (state: 'signed' | 'published' | 'withdrawn', letter: LetterState) => {
			const own = { state, shown: 'anonymous', current: true };
			const element = await stage(Object.assign(document.createElement('own-signature'), { own, letter }));
			return element.textContent?.includes('Prove to a journalist');
		};
		expect(await offered('published', 'released')).toBe(true);
		expect(await offered('withdrawn', 'released')).toBe(false);
		for (const letter of ['open', 'review', 'scheduled'] as const) expect(await offered('signed', letter)).toBe(false);
	});

	test('says first what it gives away, then shows the proof and copies it', async () => {
		const prove = vi.fn(async () => ({ number: 1_214, proof }));
		const element = await make({ prove });
		expect(element.textContent).toContain('to that person you no longer are anonymous');
		type(element, '#journalist', ' Ida Tarbell');
		type(element, '#challenge', '7K2M-Q9XR');
		await send(element);
		expect(prove).toHaveBeenCalledWith({ journalist: ' Ida Tarbell', challenge: '7K2M-Q9XR' });
		expect(find(element, 'h1').textContent).toBe('Number 1,214 is yours');
		expect(document.activeElement).toBe(find(element, 'h1'));
		expect(find<HTMLTextAreaElement>(element, '#made').value).toBe(proof);
		expect(await accessibilityFaults()).toEqual([]);
		await page.viewport(320, 800);
		expect(fitsItsWidth()).toBe(true);
		expect(smallTargets(element)).toEqual([]);
	});

	test('says beside the field what cannot be signed, and of a file that is not whole that it can be tried again', async () => {
		let fault = new Fault('mine-challenge', 'challenge', 'Type the challenge.');
		const prove = async () => {
			throw fault;
		};
		const element = await make({ prove });
		await send(element);
		expect(find(element, '.errors').querySelectorAll('a')).toHaveLength(2);
		type(element, '#journalist', 'Ida Tarbell');
		type(element, '#challenge', 'short');
		await send(element);
		expect(find(element, '#challenge-wrong').textContent).toBe('Type the challenge.');
		expect(element.querySelector('#journalist-wrong')).toBeNull();
		fault = new Fault('mine-unknown', 'proof', 'The file is not whole.');
		await send(element);
		expect(find(element, '.errors').textContent).toContain('The file is not whole.');
		expect(element.querySelector('.wrong')).toBeNull();
	});
});
