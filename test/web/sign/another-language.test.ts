import type { LitElement } from 'lit';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { reminders } from '../../../shared/client/calendar.ts';
import { Fault } from '../../../shared/fault.ts';
import { PSEUDO } from '../../../shared/locales/spoken.ts';
import { cleanMineFor } from '../../../shared/mine.ts';
import { cleanName } from '../../../shared/statement.ts';
import { readVoucher } from '../../../shared/voucher.ts';
import { seedFromWords } from '../../../shared/words.ts';
import { readWorkAddress } from '../../../shared/work-address.ts';
import { apiClient } from '../../../web/api-client.ts';
import { speakAsThePage } from '../../../web/sign/language.ts';
import { explain } from '../../../web/sign/problems.ts';
import { STEPS, titleOf } from '../../../web/sign/route.ts';
import { settled } from '../settled.ts';
import { steps, words } from './every-step.ts';
import { fitsItsWidth, smallTargets, stage } from './stage.ts';
import { untranslated } from './untranslated.ts';

beforeAll(async () => {
	document.documentElement.lang = PSEUDO;
	document.documentElement.dir = 'rtl';
	await speakAsThePage();
	await page.viewport(390, 800);
});

afterEach(() => vi.unstubAllGlobals());

/** What is found wrong before anything is sent. */
const faults: [what: string, find: () => unknown][] = [
	['a voucher with a sign', () => readVoucher('AB+')],
	['a short voucher', () => readVoucher('AB')],
	['a voucher with two swapped', () => readVoucher('0123456789ABCDEFGHJKMNPQRS0')],
	['eleven words', () => seedFromWords(words.slice(1).join(' '), 12)],
	['a word that is none', () => seedFromWords(words.join(' ').replace('ocean', 'oceam'), 12)],
	['words of nobody', () => seedFromWords('able '.repeat(12), 12)],
	['a name that is too long', () => cleanName('o'.repeat(200))],
	['half a character', () => cleanName('\ud800')],
	...['kïm@a.example', 'kim', '.kim@a.example', 'kim@elsewhere.example', 'info@a.example'].map(
		(address): [string, () => unknown] => [address, () => readWorkAddress(address, groups)],
	),
	['no journalist', () => cleanMineFor({ journalist: '', challenge: 'a challenge of theirs' })],
	['no challenge', () => cleanMineFor({ journalist: 'Kim', challenge: '' })],
];
const groups = [{ id: 'g', proof: 'mailbox' as const, domains: ['a.example'] }];

describe('in a language from right to left', () => {
	test.each(steps)('%s: %s', async (tag, _what, properties, act) => {
		const element = await stage(Object.assign(document.createElement(tag), properties) as LitElement);
		document.title = '';
		await act?.(element);
		await settled(element);
		expect(untranslated(document.body)).toEqual([]);
		expect(fitsItsWidth()).toBe(true);
		expect(smallTargets(element)).toEqual([]);
	});

	test.each(faults)('%s is told in it', (_what, find) => {
		expect(find).toThrow(Fault);
		try {
			find();
		} catch (fault) {
			expect(untranslated(said(explain(fault).message))).toEqual([]);
		}
	});

	test('so is silence, and a failure of the browser itself', async () => {
		vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
		const silence = await apiClient('omit')('GET', '/api/letters/a').catch((failure: unknown) => failure);
		expect(untranslated(said(explain(silence).message))).toEqual([]);
		expect(untranslated(said(explain(new TypeError('of undefined')).message))).toEqual([]);
	});

	test('and what stays outside the page: the tab’s title, the dates in a calendar', () => {
		expect(STEPS.flatMap((step) => untranslated(said(titleOf(step))))).toEqual([]);
		const dates = reminders(['2027-03-01T09:00:00Z', '2027-03-03T09:00:00Z'], '2027-02-01T09:00:00Z');
		const titles = [...dates.matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, title]) => title ?? '');
		expect(titles).toHaveLength(2);
		expect(titles.flatMap((title) => untranslated(said(title)))).toEqual([]);
	});
});

function said(text: string): Element {
	const element = document.createElement('p');
	element.textContent = text;
	document.body.replaceChildren(element);
	return element;
}
