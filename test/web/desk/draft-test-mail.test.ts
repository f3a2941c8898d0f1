import { expect, test } from 'vitest';
import { newId } from '../../../shared/bytes.ts';
import { type Call, Refused } from '../../../shared/client/call.ts';
import { DraftTestMail } from '../../../web/desk/draft-test-mail.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show, smallTargets } from './desk-stage.ts';

async function asking(refuse: Refused | null = null) {
	const organizers = await OrganizerDesk.of({ organizers: 2, signers: [] });
	const sent: { path: string; body: unknown }[] = [];
	const test = newId();
	const view = organizers.view(0, { draft: { version: 1, draft: wholeDraft(new Date('2027-03-01T09:00:00Z')) } });
	const call: Call = async (method, path, body) => {
		if (method === 'GET') return view;
		sent.push({ path, body });
		if (refuse !== null && path.endsWith('confirm')) throw refuse;
		return path.endsWith('confirm') ? undefined : { test };
	};
	const desk = deskOf(organizers, call);
	desk.view = view;
	const element = new DraftTestMail();
	element.desk = desk;
	await show(element);
	const type = async (id: string, typed: string) => {
		const input = element.querySelector<HTMLInputElement>(`#${id}`);
		if (!input) throw new Error(`There is no field ${id}.`);
		input.value = typed;
		input.form?.requestSubmit();
		await settled(element);
	};
	return { element, sent, test, type };
}

test('an address is checked before it leaves the browser; then the code is asked for, and what came is said', async () => {
	const { element, sent, test, type } = await asking();
	await type('test-address', 'kim.doe@gmail.com');
	expect(element.querySelector('#test-address-wrong')?.textContent).toContain('addresses at northwind.example');
	await type('test-address', 'hr@northwind.example');
	expect(element.querySelector('#test-address-wrong')?.textContent).toContain('belongs to an office');
	expect(sent).toEqual([]);
	await type('test-address', ' kim.doe@northwind.example ');
	expect(sent).toEqual([{ path: '/api/desk/test-mails', body: { address: 'kim.doe@northwind.example' } }]);
	expect(document.activeElement?.id).toBe('test-code');
	expect(element.textContent).not.toContain('kim.doe');
	await type('test-code', '1234');
	expect(sent).toHaveLength(1);
	await type('test-code', '1234 5678');
	expect(sent[1]).toEqual({ path: '/api/desk/test-mails/confirm', body: { test, code: '12345678' } });
	expect(element.querySelector('.good')?.textContent).toContain('It arrived');
	expect(smallTargets()).toEqual([]);
});

test('what the server refuses stands beside the input, and another inbox can be tried', async () => {
	const { element, type } = await asking(new Refused('code-ended', 410, 'Five codes were wrong.'));
	await type('test-address', 'kim.doe@northwind.example');
	await type('test-code', '12345678');
	expect(element.querySelector('#test-code-wrong')?.textContent).toBe('Five codes were wrong.');
	const again = [...element.querySelectorAll('button')].find((one) => one.textContent?.includes('try another'));
	again?.click();
	await settled(element);
	expect(element.querySelector('.errors')).toBeNull();
	expect(document.activeElement?.id).toBe('test-address');
});
