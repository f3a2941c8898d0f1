/** Puts an element on an empty page, styled as the desk is. */
import axe from 'axe-core';
import type { LitElement } from 'lit';
import type { Call } from '../../../shared/client/call.ts';
import type { Passkeys } from '../../../shared/client/organizer.ts';
import { Desk } from '../../../web/desk/desk.ts';
import '../../../web/style/desk.css';
import { rootsInMemory } from '../../../shared/client/deciding.ts';
import type { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';

export async function show<T extends LitElement>(element: T): Promise<T> {
	document.documentElement.lang = 'en';
	document.title = 'Desk';
	document.body.replaceChildren(element);
	await settled(element);
	return element;
}

const noPasskeys: Passkeys = {
	create: () => Promise.reject(new Error('No passkey here.')),
	get: () => Promise.reject(new Error('No passkey here.')),
	prf: () => Promise.resolve(null),
};

/** The desk of organizer 0, unlocked, without a server behind it unless `call` is one. */
export function deskOf(organizers: OrganizerDesk, call: Call = organizers.call(0)): Desk {
	const desk = new Desk({
		call,
		passkeys: noPasskeys,
		roots: rootsInMemory(),
		origin: 'https://letters.example',
		letterStyle: '',
		file: () => Promise.reject(new Error('No files here.')),
		print: () => Promise.reject(new Error('No files here.')),
	});
	desk.session = 'there';
	desk.organizer = organizers.organizer(0);
	desk.view = organizers.view(0);
	return desk;
}

/** The button of these words, where there is one. */
export const buttonIn = (element: ParentNode, words: string): HTMLButtonElement | undefined =>
	[...element.querySelectorAll('button')].find((one) => one.textContent === words);

/** @throws where there is no such button */
export async function pressIn(element: LitElement, words: string): Promise<void> {
	const found = buttonIn(element, words);
	if (!found) throw new Error(`There is no “${words}”.`);
	found.click();
	await settled(element);
}

export async function accessibilityFaults(): Promise<string[]> {
	const { violations } = await axe.run(document);
	return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** Buttons and inputs lower than 44 px; what overlaps a row's lines by a negative margin counts with its own height. */
export function smallTargets(): string[] {
	const all = document.querySelectorAll<HTMLElement>('button, input:not([type="checkbox"]), select, summary, textarea');
	return [...all]
		.filter((one) => one.offsetHeight > 0 && one.offsetHeight < 44)
		.map((one) => one.outerHTML.slice(0, 120));
}

export const fitsItsWidth = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
