import { expect, test } from 'vitest';
import { StepEvent } from '../../../web/sign/step-element.ts';
import '../../../web/sign/voucher-code.ts';
import { find, send, stage } from './stage.ts';

const amara = { shown: 'named', name: 'Amara Okafor', title: 'Engineer', condition: null } as const;
const make = (parts: object) =>
	stage(Object.assign(document.createElement('voucher-code'), { appear: amara, ...parts }));

test('that came with the link is filled in, in groups, and a work address would do as well', async () => {
	const used: string[] = [];
	const submit = async (voucher: string) => void used.push(voucher);
	const element = await make({ given: '0123456789ABCDEFGHJKMNPQRSP', mailbox: true, submit });
	expect(find<HTMLInputElement>(element, '#voucher').value).toBe('012-345-678-9AB-CDE-FGH-JKM-NPQ-RSP');
	expect(element.textContent).toContain('It came with your link.');
	expect(used).toEqual([]);
	const steps: string[] = [];
	element.addEventListener('step', (event) => event instanceof StepEvent && steps.push(event.step));
	find(element, 'button.link').click();
	expect(steps).toEqual(['address']);
	await send(element);
	expect(used).toEqual(['012-345-678-9AB-CDE-FGH-JKM-NPQ-RSP']);
});

test('is typed where none came', async () => {
	const element = await make({ mailbox: true, submit: async () => {} });
	expect(find<HTMLInputElement>(element, '#voucher').value).toBe('');
	expect(element.textContent).toContain('An organizer gave it to you.');
	expect(element.querySelector('button.link')).toBeNull();
});
