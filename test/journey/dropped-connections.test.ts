/**
 * The connection drops at every request of a signer in turn: once before the request arrives, once when only its answer is lost. The signer
 * presses the same button again. Nothing is lost, nothing doubled, and a request that arrives twice gets the same answer to the byte. Which requests there are is seen in a run
 * in which none drops. On PostgreSQL, where two tabs at once are two transactions at once; its sibling every-request-fails-once has the pages.
 */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { makeVouchers } from '../../server/employment/voucher.ts';
import { type Call, Refused, Unanswered } from '../../shared/client/call.ts';
import { type Keep, memoryKeep } from '../../shared/client/keep.ts';
import { Signer } from '../../shared/client/signer.ts';
import type { Appearance } from '../../shared/client/signer-record.ts';
import type { ErrorCode } from '../../shared/error-codes.ts';
import { hours } from '../support/drafts.ts';
import { type OpenLetter, openLetter } from '../support/open-letter.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { codeIn, linkIn } from '../support/world.ts';

/** `before`: the request never arrives. `after`: it does, and its answer is lost. */
type Drop = { request: number; when: 'before' | 'after' };

const named = { shown: 'named', name: 'Kim Doe', title: 'Driver', condition: null } as const;
const anonymous = { shown: 'anonymous', label: null, condition: null } as const;

/** The same request always has the same answer. A mail that is asked for twice is another mail; the rest tells how things stand. */
const repeatable = [
	'/api/proofs',
	'/api/vouchers',
	'/api/vouchers/look',
	'/api/confirmations/follow',
	'/api/signatures',
];

class Line {
	readonly #server: TestServer;
	readonly #drop: Drop | null;
	/** By request. */
	readonly answers = new Map<string, string[]>();
	asked = 0;

	constructor(server: TestServer, drop: Drop | null) {
		this.#server = server;
		this.#drop = drop;
	}

	readonly call: Call = async (method, path, body) => {
		const dropped = this.asked++ === this.#drop?.request ? this.#drop.when : null;
		if (dropped === 'before') throw new Unanswered('lost on the way');
		const sent = body === undefined ? null : JSON.stringify(body);
		const headers = { 'content-type': 'application/json' };
		const answer = await this.#server.fetch(path, { method, headers, body: sent });
		const text = await answer.text();
		const request = `${method} ${path} ${sent}`;
		this.answers.set(request, [...(this.answers.get(request) ?? []), `${answer.status} ${text}`]);
		if (dropped === 'after') throw new Unanswered('the answer is lost');
		const read: { code: ErrorCode; title: string } & Record<string, unknown> = text === '' ? {} : JSON.parse(text);
		if (!answer.ok) throw new Refused(read.code, answer.status, read.title);
		return read;
	};
}

/** Once more, if no answer came. */
async function twice<T>(step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (failure) {
		if (!(failure instanceof Unanswered)) throw failure;
		return step();
	}
}

const database = 'postgres';

describe('the connection drops', () => {
	let server: TestServer;
	let letter: OpenLetter;
	let link: string;
	let people = 0;

	beforeAll(async () => {
		server = await startServer({ database });
		// All of them come from one address here.
		vi.spyOn(server.deps.limits, 'spend').mockImplementation(() => {});
		letter = await openLetter(server);
		link = (await server.deps.db.selectFrom('links').select('link').executeTakeFirstOrThrow()).link;
		return server.stop;
	});

	const newMailbox = () => `person.${people++}@northwind.example`;
	const undisturbed = () => new Line(server, null);
	const mailTo = async (address: string) => (await server.relay.mailTo(address)).text;
	const open = async (line: Line, keep: Keep = memoryKeep()) => {
		const signer = new Signer({ call: line.call, keep, now: () => server.clock.now() });
		await twice(() => signer.open(link, letter.root));
		return signer;
	};
	/** Where the answer to the first request was lost, two mails come: the code of the second counts. */
	const proveByCode = async (line: Line, signer: Signer, address: string) => {
		const before = line.asked;
		await twice(() => signer.askForCode(address));
		await server.deps.afterwards.idle();
		const sent = server.relay.mails.filter(({ to }) => to.includes(address));
		const code = codeIn(sent.at(-1)?.text ?? '');
		expect(line.asked - before).toBeLessThanOrEqual(2);
		await twice(() => signer.proveByCode(code));
	};

	/** Somebody who signed while nothing dropped. */
	const signed = async (appear: Appearance, keep?: Keep) => {
		const [signer, address] = [await open(undisturbed(), keep), newMailbox()];
		await signer.appear(appear);
		await proveByCode(undisturbed(), signer, address);
		await signer.sign();
		return { signer, address };
	};

	const stories: Record<string, (line: Line) => Promise<Signer>> = {
		'signs by code, then by name, withdraws and signs again': async (line) => {
			const [signer, address] = [await open(line), newMailbox()];
			await signer.appear(anonymous);
			await proveByCode(line, signer, address);
			await twice(() => signer.sign());
			await signer.appear(named);
			await proveByCode(line, signer, address);
			await twice(() => signer.sign());
			await twice(() => signer.withdraw());
			expect((await twice(() => signer.own())).state).toBe('withdrawn');
			await twice(() => signer.sign());
			return signer;
		},
		'follows the link on another device and signs by name': async (line) => {
			const [asking, signer, address] = [await open(undisturbed()), await open(line), newMailbox()];
			await asking.askForCode(address);
			const secret = linkIn(await mailTo(address)).replace('/v#', '');
			await signer.appear(named);
			await twice(() => signer.proveByLink(secret, address));
			await twice(() => signer.sign());
			return signer;
		},
		'signs with a voucher': async (line) => {
			const wanted = { letter: letter.id, organizer: letter.organizers[0]?.id ?? '', group: letter.contractors.id };
			const { vouchers } = await makeVouchers(server.deps, { ...wanted, count: 1, note: 'for a driver' });
			const signer = await open(line);
			await signer.appear(named);
			await twice(() => signer.proveByVoucher(vouchers[0] ?? ''));
			await twice(() => signer.sign());
			return signer;
		},
		'comes back with the words on another device, and signs by name': async (line) => {
			const { signer: before, address } = await signed(anonymous);
			const signer = await open(line);
			await twice(async () => signer.useWords((await before.words())?.join(' ') ?? ''));
			await signer.appear(named);
			await proveByCode(line, signer, address);
			await twice(() => signer.sign());
			return signer;
		},
		'signs the text that was changed': async (line) => {
			const keep = memoryKeep();
			await signed(named, keep);
			await letter.amend(`Nobody should be called between ten and six. Said for the ${people}th time.`);
			const signer = await open(line, keep);
			expect((await twice(() => signer.own())).state).toBe('signed');
			await twice(() => signer.sign());
			expect(await twice(() => signer.own())).toMatchObject({ state: 'signed', current: true });
			return signer;
		},
		'asks to be taken off without the words': async (line) => {
			const { signer, address } = await signed(named);
			const requests = () => server.deps.db.selectFrom('lost_words').select('key').execute();
			const { length } = await requests();
			const lost = await (await open(line)).lostWords();
			await lost.begin({ name: 'Kim Doe', address });
			await twice(() => lost.askForCode());
			await server.deps.afterwards.idle();
			const code = codeIn(server.relay.mails.findLast(({ to }) => to.includes(address))?.text ?? '');
			await twice(() => lost.sendWithCode(code));
			expect(await requests()).toHaveLength(length + 1);
			return signer;
		},
	};

	test.each(Object.keys(stories))('somebody %s', async (title) => {
		const story = stories[title] ?? (() => Promise.reject(new Error('no story')));
		const whole = undisturbed();
		await story(whole);
		for (let request = 0; request < whole.asked; request++) {
			for (const when of ['before', 'after'] as const) {
				const rows = await countRows(server);
				const line = new Line(server, { request, when });
				const signer = await story(line);
				const moment = [title, request, when];
				expect([...moment, (await signer.own()).state]).toEqual([...moment, 'signed']);
				expect([...moment, await signer.resume()]).toEqual([...moment, false]);
				for (const [asked, answers] of line.answers) {
					if (!repeatable.some((path) => asked.startsWith(`POST ${path} `))) continue;
					expect([...moment, asked, new Set(answers).size]).toEqual([...moment, asked, 1]);
				}
				const now = await countRows(server);
				expect([...moment, now.signatures, now.proofs]).toEqual([...moment, rows.signatures + 1, rows.proofs + 1]);
			}
		}
	});

	test('two tabs that prove and sign at the same moment do both once', async () => {
		for (const appear of [anonymous, named]) {
			const rows = await countRows(server);
			const [keep, address, line] = [memoryKeep(), newMailbox(), undisturbed()];
			const tabs = [await open(line, keep), await open(line, keep)];
			await tabs[0]?.appear(appear);
			await tabs[0]?.askForCode(address);
			const code = codeIn(await mailTo(address));
			await Promise.all(
				tabs.map(async (tab) => {
					await tab.proveByCode(code);
					await tab.sign();
				}),
			);
			for (const tab of tabs) expect(await tab.own()).toMatchObject({ state: 'signed', shown: appear.shown });
			expect(await countRows(server)).toEqual({ signatures: rows.signatures + 1, proofs: rows.proofs + 1 });
		}
	});

	test('and the letter closes before the signature is sent again: it counts, and the same answer says so', async () => {
		const own = await startServer({ database });
		const closing = await openLetter(own, { smallestCell: 2, lastCallHours: 24 });
		const line = new Line(own, { request: 3, when: 'after' });
		const signer = new Signer({ call: line.call, keep: memoryKeep(), now: () => own.clock.now() });
		const at = await own.deps.db.selectFrom('links').select('link').executeTakeFirstOrThrow();
		await signer.open(at.link, closing.root);
		await signer.appear(named);
		await signer.askForCode('kim@northwind.example');
		await signer.proveByCode(codeIn((await own.relay.mailTo('kim@northwind.example')).text));
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		await own.due(new Date(closing.charter.closesAt));
		await signer.sign();
		expect(await signer.own()).toMatchObject({ state: 'signed', shown: 'named' });
		const [first, again] = [...line.answers.values()].find((answers) => answers.length > 1) ?? [];
		expect(first).toMatch(/^200 \{"turn":\d+\}$/);
		expect(again).toBe(first);
	});

	test('and the letter closes before the withdrawal is sent again: the signature is gone all the same', async () => {
		const own = await startServer({ database });
		const closing = await openLetter(own);
		const line = new Line(own, { request: 5, when: 'after' });
		const signer = new Signer({ call: line.call, keep: memoryKeep(), now: () => own.clock.now() });
		const at = await own.deps.db.selectFrom('links').select('link').executeTakeFirstOrThrow();
		await signer.open(at.link, closing.root);
		await signer.appear(named);
		await signer.askForCode('kim@northwind.example');
		await signer.proveByCode(codeIn((await own.relay.mailTo('kim@northwind.example')).text));
		await signer.sign();
		await expect(signer.withdraw()).rejects.toThrow(Unanswered);
		await own.due(new Date(new Date(closing.charter.closesAt).getTime() + hours(1)));
		await signer.withdraw();
		expect(await own.deps.db.selectFrom('signatures').select('status').execute()).toEqual([]);
	});

	test('an old withdrawal that somebody kept does not come back as a later one', async () => {
		const line = undisturbed();
		const signer = await stories['signs by code, then by name, withdraws and signs again']?.(line);
		const [asked = ''] = [...line.answers.keys()].filter((request) => request.startsWith('POST /api/withdrawals '));
		const { turn, ...old } = JSON.parse(asked.replace('POST /api/withdrawals ', ''));
		for (const later of [turn, turn + 2 ** 32, turn + 2 ** 33]) {
			const answer = await server.send('/api/withdrawals', { ...old, turn: later });
			expect([later, answer.status < 500 && answer.status >= 400]).toEqual([later, true]);
		}
		expect((await signer?.own())?.state).toBe('signed');
	});
});

/** Signatures that stand; mailboxes and vouchers that were proved. */
async function countRows({ deps: { db } }: TestServer): Promise<{ signatures: number; proofs: number }> {
	const signatures = await db.selectFrom('signatures').select('key').where('status', '=', 'live').execute();
	const mailboxes = await db.selectFrom('mailboxes').select('tag').where('request', 'is not', null).execute();
	const vouchers = await db.selectFrom('vouchers').select('hash').where('request', 'is not', null).execute();
	return { signatures: signatures.length, proofs: mailboxes.length + vouchers.length };
}
