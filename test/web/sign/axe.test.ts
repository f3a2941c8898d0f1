/** axe-core on every step of signing and every state of it, errors included: by day from left to right, by night from right to left in another language: without a finding. */
import axe from 'axe-core';
import type { LitElement } from 'lit';
import { afterAll, describe, expect, test } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { PSEUDO } from '../../../shared/locales/spoken.ts';
import { speakAsThePage } from '../../../web/sign/language.ts';
import '../../../web/style/no-trace.css';
import { settled } from '../settled.ts';
import { type Step, steps } from './every-step.ts';

/** They bring a main part of their own, or stand beside it. */
const BESIDE = ['find-signature', 'mail-link', 'sign-flow', 'leave-quickly'];

afterAll(() => look({ scheme: 'light', lang: 'en', dir: 'ltr' }));

/** Without motion, or a button is looked at while it changes from one colour to the other. */
async function look({ scheme, lang, dir }: { scheme: 'light' | 'dark'; lang: string; dir: string }): Promise<void> {
	const features = [
		{ name: 'prefers-color-scheme', value: scheme },
		{ name: 'prefers-reduced-motion', value: 'reduce' },
	];
	await (cdp() as { send(method: string, params: object): Promise<unknown> }).send('Emulation.setEmulatedMedia', {
		features,
	});
	expect(matchMedia(`(prefers-color-scheme: ${scheme})`).matches).toBe(true);
	Object.assign(document.documentElement, { lang, dir });
	await speakAsThePage();
}

/** The step as the only thing on a page; a part of a page, with what the page has around it. */
async function show([tag, , properties, act]: Step): Promise<void> {
	const element = Object.assign(document.createElement(tag), properties) as LitElement;
	const main = document.createElement('main');
	main.className = 'flow';
	if (!BESIDE.includes(tag)) main.append(element);
	document.body.replaceChildren(...(BESIDE.includes(tag) ? [element] : [main]));
	document.title = 'Step';
	await element.updateComplete;
	await act?.(element);
	await settled(element);
	for (const one of document.querySelectorAll('details')) one.open = true;
	const ranks = tag === 'marked-changes' ? ['h2', 'h1'] : ['h1'];
	if (document.querySelector('h1') === null) for (const rank of ranks) addHeading(rank, main);
}

/** @param main for a page that has none */
function addHeading(rank: string, main: HTMLElement): void {
	const heading = document.createElement(rank);
	heading.textContent = '…';
	(document.querySelector('main') ?? document.body.appendChild(main)).prepend(heading);
}

describe.each([
	{ scheme: 'light', lang: 'en', dir: 'ltr', width: 390 },
	{ scheme: 'dark', lang: PSEUDO, dir: 'rtl', width: 1440 },
] as const)('axe finds nothing, $scheme, $dir', (how) => {
	test('on any step', async () => {
		await page.viewport(how.width, 900);
		await look(how);
		for (const step of steps) {
			await show(step);
			const { violations } = await axe.run(document, { resultTypes: ['violations'] });
			const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
			expect.soft([...step.slice(0, 2), ...found]).toEqual(step.slice(0, 2));
		}
	});
});
