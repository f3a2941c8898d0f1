import { describe, expect, test } from 'vitest';
import '../../../web/sign/all-done.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, find, send, stage, type } from './stage.ts';

describe('the words at the end', () => {
	const words = 'harbor velvet pencil ocean mirror candle forest silver timber garden winter copper'.split(' ');
	const make = async (lasting: boolean) => {
		let finished = 0;
		const finish = async () => void finished++;
		const element = await stage(
			Object.assign(document.createElement('all-done'), { words, lasting, calendar: '', finish }),
		);
		return { element, finished: () => finished };
	};
	const press = async (element: Awaited<ReturnType<typeof make>>['element'], label: string) => {
		[...element.querySelectorAll('button')].find((one) => one.textContent === label)?.click();
		await settled(element);
	};

	test('two of them are asked back of whoever wrote them down, and a wrong one is named', async () => {
		const { element, finished } = await make(true);
		await press(element, 'I have written them down');
		expect(element.textContent).not.toContain('velvet');
		const places = [...element.querySelectorAll('input')].map((input) => Number(input.id.replace('word-', '')));
		expect(new Set(places).size).toBe(2);
		const [first = 0, second = 0] = places;
		type(element, `#word-${first}`, ` ${words[first]?.toUpperCase()} `);
		type(element, `#word-${second}`, 'paper');
		await send(element);
		expect(finished()).toBe(0);
		expect(find(element, '.errors').textContent).toContain(`Word ${second + 1} is another one.`);
		expect(await accessibilityFaults()).toEqual([]);
		type(element, `#word-${second}`, words[second] ?? '');
		await send(element);
		expect(finished()).toBe(1);
	});

	test('they are shown again to whoever has them not, and left out where the browser keeps the key', async () => {
		const { element, finished } = await make(true);
		await press(element, 'I have written them down');
		await press(element, 'Show them again');
		expect(element.textContent).toContain('velvet');
		await press(element, 'Finish without the words');
		expect(finished()).toBe(1);
		expect((await make(false)).element.textContent).not.toContain('Finish without the words');
	});
});
