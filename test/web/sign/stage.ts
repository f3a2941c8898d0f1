/** Puts one element on an empty page, styled as the signer's pages are, and looks for what axe finds wrong with it. */
import axe from 'axe-core';
import type { LitElement } from 'lit';
import '../../../web/style/flow.css';
import { settled } from '../settled.ts';

/** Of the element's own class, as it stands on the page once it was rendered. */
export async function stage<T extends LitElement>(element: T): Promise<T> {
	const main = document.createElement('main');
	main.className = 'flow';
	main.append(element);
	document.body.replaceChildren(main);
	document.documentElement.lang ||= 'en';
	document.title = 'Step';
	await element.updateComplete;
	return element;
}

export function find<T extends HTMLElement = HTMLElement>(root: HTMLElement, selector: string): T {
	const found = root.querySelector<T>(selector);
	if (!found) throw new Error(`There is no ${selector}.`);
	return found;
}

export function type(root: HTMLElement, selector: string, text: string): void {
	const input = find<HTMLInputElement>(root, selector);
	input.value = text;
	input.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Presses the main button, and waits for what comes of it. */
export async function send(element: LitElement): Promise<void> {
	find<HTMLFormElement>(element, 'form').requestSubmit();
	await settled(element);
}

/** What axe finds, as a list of its rules. Contrast as well. */
export async function accessibilityFaults(): Promise<string[]> {
	const { violations } = await axe.run(document);
	return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** Interactive things that are lower than 44 px, links within a sentence left out (WCAG 2.2, 2.5.8). */
export function smallTargets(root: HTMLElement): string[] {
	const targets = [
		...root.querySelectorAll<HTMLElement>('button:not(.inline), input:not([type="radio"]), select, summary'),
	];
	return targets.filter((one) => one.offsetHeight > 0 && one.offsetHeight < 44).map((one) => one.outerHTML);
}

export const fitsItsWidth = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
