/** Whatever a step of signing shows, one button at most is its main action. */
import type { LitElement } from 'lit';
import { expect, test } from 'vitest';
import { settled } from '../settled.ts';
import { steps } from './every-step.ts';

const mainActions = () => [...document.querySelectorAll('.button:not(.plain)')].map((one) => one.textContent?.trim());

test('every step has one main action at most', async () => {
	const several: [string, unknown][] = [];
	let shown = 0;
	for (const [tag, what, properties, act] of steps) {
		const element = Object.assign(document.createElement(tag), properties) as LitElement;
		document.body.replaceChildren(element);
		await element.updateComplete;
		await act?.(element);
		await settled(element);
		const main = mainActions();
		shown += main.length;
		if (main.length > 1) several.push([`${tag}, ${what}`, main]);
	}
	expect(several).toEqual([]);
	expect(shown).toBeGreaterThan(steps.length / 2);
});
