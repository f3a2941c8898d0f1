/** Every step of signing and every state of it that people can meet, with what goes wrong: for those who look at all of them. */
import type { LitElement } from 'lit';
import type { TextDocument } from '../../../shared/charter.ts';
import { Refused } from '../../../shared/client/call.ts';
import type { OpenedLetter } from '../../../shared/client/held-letter.ts';
import type { ErrorCode } from '../../../shared/error-codes.ts';
import { Fault } from '../../../shared/fault.ts';
import { letterFit } from '../../../shared/letter-fit.ts';
import '../../../web/sign/after-signing.ts';
import '../../../web/sign/find-signature.ts';
import '../../../web/sign/mail-link.ts';
import '../../../web/sign/proving-steps.ts';
import '../../../web/sign/sign-flow.ts';
import '../../../web/sign/sign-start.ts';
import '../../../web/ui/marked-changes.ts';
import { makeLetter } from '../../support/charter.ts';
import { settled } from '../settled.ts';
import { find, type } from './stage.ts';

const amara = { shown: 'named', name: 'Amara Okafor', title: 'Engineer', condition: { named: 1200 } } as const;
const someone = { shown: 'anonymous', label: 'Driver', condition: null } as const;
const text: TextDocument = {
	...{ title: 'We refuse', addressees: 'The board', language: 'en', text: 'One.\n\nTwo.\n\nThree.\n\nFour.' },
	...{ references: ['A source'], translations: [] },
};
const later = { ...text, text: 'One.\n\nTwo.\n\nThree.\n\nFive.', translations: [{ ...text, language: 'es' }] };
export const words = 'harbor velvet pencil ocean mirror candle forest silver timber garden winter copper'.split(' ');
/** As the server says it to this browser: in its language. */
const refuses = (code: ErrorCode) => async () => {
	throw new Refused(code, 400, '…');
};

type Tag = keyof HTMLElementTagNameMap;
export type Step = [tag: Tag, what: string, properties: object, press?: (element: LitElement) => void | Promise<void>];

const send = (element: LitElement) => find<HTMLFormElement>(element, 'form').requestSubmit();
const press = (selector: string) => (element: LitElement) => find(element, selector).click();
/** The form with these in its fields, sent. */
const filled = (fields: Record<string, string>) => (element: LitElement) => {
	for (const [selector, value] of Object.entries(fields)) type(element, selector, value);
	send(element);
};

const { charter } = await makeLetter();
const fit = letterFit(charter);
const small = { ...fit, groups: fit.groups.map((one) => ({ ...one, people: 7, anonymity: 'none' as const })) };
const opened = (view: object) =>
	({
		standing: { charter: { ...charter, advice: 'Ask Kim' } },
		view: { letter: charter.letter, ...view },
	}) as unknown as OpenedLetter;
const own = (state: string, change: object = {}) => ({ state, shown: 'named', current: true, ...change });
const anonymously = { shown: 'anonymous', condition: { signatures: 20 } };
const starts = ['checking', 'unanswered', 'cut', 'fresh', 'begun', 'unfinished', 'signed', 'nothing', 'over'];
const arrivals = ['looking', 'known', 'stranger', 'cut', 'ended', 'unanswered'];
const letters = ['open', 'review', 'scheduled', 'released', 'abandoned'];
const states = ['none', 'lapsed', 'published'];
const codes = ['chain-root', 'issuer-key', 'chain-text', 'approval-missing', 'issuer-dishonest', 'order'] as const;
const ended: ErrorCode[] = ['mailbox-already-proved', 'code-ended', 'already-used', 'signing-ended', 'text-changed'];

export const steps: Step[] = [
	...starts.map((start): Step => ['sign-start', start, { start, message: '…', mayForget: true, voucher: true }]),
	['sign-start', 'begun, not answered', { start: 'begun', mayLook: true, pending: true }],
	...arrivals.map((arrival): Step => ['mail-link', arrival, { arrival, message: '…' }]),
	...[[], ['a'], ['a', 'b']].map((known): Step => ['find-signature', `${known.length} letters`, { letters: known }]),
	['invite-field', 'without a link', {}, send],
	['how-you-appear', 'nothing chosen', { fit: small, labels: ['Driver'] }, send],
	[
		'how-you-appear',
		'by name',
		{
			fit,
			given: amara,
			group: { names: ['Northwind'], work: true, told: true },
			atLeast: { signatures: 1500, named: 25 },
		},
	],
	['how-you-appear', 'without a name', { fit, onlyNamed: true }, send],
	[
		'how-you-appear',
		'a long name',
		{ fit, onlyNamed: true },
		(element) => type(element, '#name', `Am\u0430ra\u200b ${'o'.repeat(80)}`),
	],
	[
		'how-you-appear',
		'anonymously',
		{ fit, given: someone, labels: ['Driver'], enough: fit.groups.map(({ id }) => id) },
	],
	['how-you-appear', 'a wrong number', { fit, given: someone }, filled({ '#least': 'many' })],
	['work-address', 'empty', { domains: ['a.example', 'b.example'] }, send],
	['work-address', 'without vouchers', { domains: ['a.example'], vouchers: false }],
	['voucher-code', 'empty', { appear: amara, mailbox: true }, send],
	['voucher-code', 'used', { appear: someone, given: 'ABC', mailbox: true, submit: refuses('already-used') }, send],
	[
		'type-code',
		'empty',
		{ address: 'kim@a.example', appear: amara, group: { names: ['Northwind'], work: true, told: true } },
		send,
	],
	[
		'type-code',
		'a link',
		{ address: 'kim@a.example', vouchers: false },
		filled({ '#code': 'https://a.example/v#AAAA' }),
	],
	...[1, 2, 3].map(
		(mails): Step => [
			'type-code',
			`after ${mails} mails`,
			{},
			(element) => void Object.assign(element, { mails, wait: 0 }),
		],
	),
	...ended.map((code): Step => ['type-code', code, { submit: refuses(code) }, filled({ '#code': '12345678' })]),
	['confirm-signature', 'without the address', { appear: someone, needsAddress: true, text }, send],
	['confirm-signature', 'an old link', { appear: amara, text: null, submit: refuses('code-expired') }, send],
	['all-done', 'the words', { words, lasting: true, calendar: 'BEGIN', erase: async () => {} }],
	['all-done', 'nothing kept', { words, lasting: false, calendar: '' }],
	[
		'all-done',
		'two asked back',
		{ words, lasting: true, calendar: '' },
		async (element) => {
			press('.button')(element);
			await settled(element);
			send(element);
		},
	],
	...letters.map(
		(letter): Step => ['own-signature', `${letter}, by name`, { letter, own: own('signed'), calendar: 'BEGIN' }],
	),
	...letters.map(
		(letter): Step => ['own-signature', `${letter}, anonymously`, { letter, own: own('signed', anonymously) }],
	),
	...letters.map((letter): Step => ['own-signature', `${letter}, taken off`, { letter, own: own('withdrawn') }]),
	...(['none', 'signed', 'withdrawn'] as const).flatMap((state) =>
		(['named', 'anonymous'] as const).map(
			(coming): Step => [
				'own-signature',
				`${state}, ${coming} still coming`,
				{ letter: 'open', own: own(state, { coming }) },
			],
		),
	),
	[
		'own-signature',
		'taking off what is still coming',
		{ letter: 'open', own: own('withdrawn', { coming: 'named' }), asking: 'withdraw' },
	],
	['own-signature', 'lost', { letter: 'open', own: own('none'), restored: 'with-keys' }],
	['own-signature', 'lost for good', { letter: 'review', own: own('none'), restored: 'without-keys' }],
	['own-signature', 'there again', { letter: 'review', own: own('signed'), restored: 'without-keys' }],
	...states.map((state): Step => ['own-signature', state, { letter: 'released', own: own(state) }]),
	[
		'own-signature',
		'a changed text',
		{ letter: 'open', own: own('signed', { current: false }), earlier: text, text: later },
	],
	...letters.map(
		(letter): Step => ['own-signature', `${letter}, taking off`, { letter, own: own('signed'), asking: 'withdraw' }],
	),
	...['open', 'abandoned'].map(
		(letter): Step => ['own-signature', `${letter}, forgetting`, { letter, own: own('signed'), asking: 'forget' }],
	),
	...(['named', 'anonymous'] as const).map((shown): Step => ['prove-mine', shown, { shown }, send]),
	['prove-mine', 'made', { made: { number: 1200, proof: 'abc', journalist: 'Kim' }, copied: 'failed' }],
	['enter-words', 'empty', { replaces: false }, send],
	['enter-words', 'another key here', { replaces: true }],
	[
		'lost-words',
		'open',
		{ opened: opened({ state: 'open' }), make: async () => ({ begin: async () => {}, askForCode: async () => {} }) },
		async (element) => {
			send(element);
			await settled(element);
			send(element);
		},
	],
	[
		'lost-words',
		'last call',
		{ opened: opened({ state: 'review', lastCallUntil: '2027-03-01T09:00:00Z', now: '2027-03-01T08:00:00Z' }) },
	],
	['lost-words', 'too late', { opened: opened({ state: 'released' }) }],
	['lost-words', 'sent', { opened: opened({ state: 'open' }), phase: 'sent' }],
	...codes.map((code): Step => ['full-stop', code, { problem: new Fault(code, '', '') }]),
	['letter-text', 'closed', { text }],
	['marked-changes', 'changed', { earlier: text, later }],
	['marked-changes', 'the other way', { earlier: later, later: text }],
	['marked-changes', 'nothing', { earlier: text, later: { ...text, text: `${text.text}\n\n` } }],
	['leave-quickly', 'the button', {}],
	['sign-flow', 'stopped', { signer: null }, (element) => void Object.assign(element, { noTrace: true, step: 'stop' })],
];
