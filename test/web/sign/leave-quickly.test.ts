import { expect, test } from 'vitest';
import '../../../web/sign/leave-quickly.ts';
import { Presses } from '../../../web/sign/leave-quickly.ts';
import { accessibilityFaults, fitsItsWidth, stage } from './stage.ts';

/** Presses and lets go of each key, half a second apart unless told. @returns whether it was enough after each */
function press(keys: string[], apart = 500): boolean[] {
	const presses = new Presses();
	return keys.map((key, i) => {
		presses.down(key);
		return presses.up(key, i * apart);
	});
}

test('Shift pressed three times in a row leaves; other keys in between, or a pause, do not', () => {
	expect(press(['Shift', 'Shift', 'Shift'])).toEqual([false, false, true]);
	expect(press(['Shift', 'a', 'Shift', 'b', 'Shift'])).not.toContain(true);
	expect(press(['Shift', 'Shift', 'Shift'], 1_500)).not.toContain(true);
	expect(press(['Control', 'Control', 'Control'])).not.toContain(true);
});

test('three capital letters are typed without leaving', () => {
	const presses = new Presses();
	const left = ['A', 'B', 'C'].map((letter, i) => {
		presses.down('Shift');
		presses.down(letter);
		presses.up(letter, i * 100);
		return presses.up('Shift', i * 100 + 50);
	});
	expect(left).toEqual([false, false, false]);
});

test('the button and the keys do the same, wherever the focus is', async () => {
	let left = 0;
	const element = Object.assign(document.createElement('leave-quickly'), { leave: () => left++ });
	await stage(element);
	element.querySelector('button')?.click();
	expect(left).toBe(1);
	for (let turn = 0; turn < 3; turn++) {
		document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
		document.body.dispatchEvent(new KeyboardEvent('keyup', { key: 'Shift', bubbles: true }));
	}
	expect(left).toBe(2);
	expect(fitsItsWidth()).toBe(true);
	expect((await accessibilityFaults()).filter((fault) => fault.startsWith('color-contrast'))).toEqual([]);
	element.remove();
});
