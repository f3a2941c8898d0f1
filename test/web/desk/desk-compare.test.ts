import { expect, test } from 'vitest';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { shownFingerprint } from '../../../shared/charter.ts';
import { DeskCompare } from '../../../web/desk/desk-compare.ts';
import { settled } from '../settled.ts';
import { show } from './desk-stage.ts';

async function compare() {
	const fingerprint = b64u(randomBytes(32));
	const element = new DeskCompare();
	element.fingerprint = fingerprint;
	let compared = 0;
	element.addEventListener('compared', () => compared++);
	await show(element);
	const groups = shownFingerprint(fingerprint).split(' ');
	const type = async (typed: string) => {
		const input = element.querySelector<HTMLInputElement>('#part');
		if (input) input.value = typed;
		element.querySelector('form')?.requestSubmit();
		await settled(element);
	};
	return { element, groups, type, part: () => groups.slice(element.from, element.from + 3), count: () => compared };
}

test('the asked part is not on the screen, and only that very part counts', async () => {
	const { element, groups, type, part, count } = await compare();
	const shown = [...element.querySelectorAll('.prints li')].map((one) => one.textContent ?? '');
	groups.forEach((group, at) => {
		const covered = at >= element.from && at < element.from + 3;
		expect(shown[at]?.includes(group)).toBe(!covered);
	});
	await type('');
	await type('0000 0000 0000');
	await type(part().slice(0, 2).join(''));
	expect(count()).toBe(0);
	expect(element.querySelector('[role="alert"]')?.textContent).toContain('approve nothing');
	await type(part().join(' ').toUpperCase());
	expect(count()).toBe(1);
	expect(element.querySelector('.covered')).toBeNull();
});

test('another fingerprint has to be compared again', async () => {
	const { element, type, part } = await compare();
	await type(part().join(''));
	expect(element.state).toBe('same');
	element.fingerprint = b64u(randomBytes(32));
	await settled(element);
	expect(element.state).toBe('asking');
	expect(element.querySelectorAll('.covered')).toHaveLength(3);
});
