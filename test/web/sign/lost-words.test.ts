import { describe, expect, test } from 'vitest';
import type { Call } from '../../../shared/client/call.ts';
import { Refused } from '../../../shared/client/call.ts';
import type { OpenedLetter } from '../../../shared/client/held-letter.ts';
import { LostWords } from '../../../shared/client/lost-words.ts';
import { checkLostWords } from '../../../shared/lost-words.ts';
import '../../../web/sign/lost-words.ts';
import { buildHead } from '../../support/letter.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, find, fitsItsWidth, send, smallTargets, stage, type } from './stage.ts';

const NOW = '2027-03-01T09:00:00Z';

/** The step over a letter in this state, and what it sends; the server answers with `answers`, in their order. */
async function lostWords(view: Partial<OpenedLetter['view']>, answers: unknown[] = []) {
	const { root, fingerprint, charter, chain } = await buildHead({});
	const opened = {
		root,
		standing: { root, fingerprint, charter, text: null, chain },
		view: { letter: charter.letter, state: 'open', now: NOW, lastCallUntil: null, ...view },
		ahead: 0,
	} as unknown as OpenedLetter;
	const sent: { path: string; body: Record<string, unknown> }[] = [];
	const call: Call = async (_, path, body) => {
		sent.push({ path, body: { ...body } });
		const answer = answers.shift();
		if (answer instanceof Error) throw answer;
		return answer;
	};
	const make = () => new LostWords(call, opened);
	const element = await stage(Object.assign(document.createElement('lost-words'), { opened, make }));
	return { element, sent, charter, root };
}

const fine = async (element: HTMLElement) => {
	expect(await accessibilityFaults()).toEqual([]);
	expect(smallTargets(element)).toEqual([]);
	expect(fitsItsWidth()).toBe(true);
};

const submitted = async (element: Parameters<typeof settled>[0], heading: string) => {
	await expect.poll(() => element.querySelector('h1')?.textContent).toBe(heading);
	await settled(element);
	expect(document.activeElement).toBe(find(element, 'h1'));
	// A button that waited takes its colour back.
	await Promise.all(document.getAnimations().map(({ finished }) => finished));
};

describe('without the words', () => {
	test('says who reads it, and seals name and address without sending either', async () => {
		const { element, sent, charter, root } = await lostWords({
			state: 'review',
			lastCallUntil: '2027-03-02T09:00:00Z',
		});
		expect(find(element, '.note').textContent).toContain('Not if you signed anonymously.');
		expect(element.querySelectorAll('button')).toHaveLength(1);
		await fine(element);
		await send(element);
		expect(find(element, '#name-wrong').textContent).toContain('name that you signed with');
		type(element, '#name', 'Amara Okafor');
		type(element, '#address', 'amara@group0.example');
		find<HTMLFormElement>(element, 'form').requestSubmit();
		await submitted(element, 'Your request is sealed');
		expect(sent.map(({ path }) => path)).toEqual(['/api/lost-words']);
		expect(JSON.stringify(sent)).not.toMatch(/amara/i);
		const { root: of, ...asked } = sent[0]?.body ?? {};
		expect(of).toBe(root);
		expect(await checkLostWords(charter, root, asked as never)).toBeNull();
		await fine(element);
	});

	test('asks for a code while the letter is open, and says what is wrong with it', async () => {
		const wrong = new Refused('mailbox-not-proved', 409, 'Begin with signing.');
		const { element, sent } = await lostWords({}, [{ confirmation: 'A'.repeat(22) }, wrong]);
		await fine(element);
		type(element, '#name', 'Amara Okafor');
		type(element, '#address', 'amara@group0.example');
		find<HTMLFormElement>(element, 'form').requestSubmit();
		await submitted(element, 'Type the code');
		await fine(element);
		await send(element);
		expect(find(element, '#code-wrong').textContent).toBe('Type the eight digits from the mail.');
		type(element, '#code', '1234 5678');
		await send(element);
		await expect.poll(() => element.querySelector('.errors')?.textContent).toContain('No signature of this letter');
		expect(sent.map(({ path }) => path)).toEqual(['/api/confirmations', '/api/proofs']);
		expect(sent[1]?.body).toMatchObject({ request: null, attest: { address: 'amara@group0.example' } });
	});

	test('says whom to ask once the names are opened', async () => {
		const { element, charter } = await lostWords({ state: 'released' });
		expect(element.querySelector('form')).toBeNull();
		expect(element.textContent).toContain(charter.advice);
		await fine(element);
	});
});
