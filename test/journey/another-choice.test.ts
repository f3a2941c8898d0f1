/**
 * Somebody signs, no answer comes, and they think again: what they see last is what is signed, whatever is still on its way. On PostgreSQL, as its sibling dropped-connections.
 */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Call, Refused, Unanswered } from '../../shared/client/call.ts';
import { type Keep, memoryKeep } from '../../shared/client/keep.ts';
import { Signer } from '../../shared/client/signer.ts';
import type { Appearance } from '../../shared/client/signer-record.ts';
import type { ErrorCode } from '../../shared/error-codes.ts';
import { readStatement } from '../../shared/statement.ts';
import { type OpenLetter, openLetter } from '../support/open-letter.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { codeIn } from '../support/world.ts';

const named = { shown: 'named', name: 'Kim Doe', title: 'Driver', condition: null } as const;
const anonymous = { shown: 'anonymous', label: null, condition: null } as const;

/** What becomes of a request to sign: it never arrives, its answer is lost, or something before the server refuses it. */
type Fate = 'before' | 'after' | 'too-many-requests' | 'too-slow';

describe('somebody who thinks again', () => {
	let server: TestServer;
	let letter: OpenLetter;
	let link: string;
	let people = 0;

	beforeAll(async () => {
		server = await startServer({ database: 'postgres' });
		// All of them come from one address here.
		vi.spyOn(server.deps.limits, 'spend').mockImplementation(() => {});
		letter = await openLetter(server);
		link = (await server.deps.db.selectFrom('links').select('link').executeTakeFirstOrThrow()).link;
		return server.stop;
	});

	/** Proved, and about to press the button that signs. @param fates of the requests to sign, or to `to`, the first first */
	const about = async (appear: Appearance, fates: Fate[] = [], to = ['/api/signatures']) => {
		const sent: Record<string, unknown>[] = [];
		const call: Call = async (method, path, body) => {
			const followed = to.includes(path);
			if (followed && body) sent.push(body);
			const fate = followed ? fates.shift() : undefined;
			if (fate === 'before') throw new Unanswered('lost on the way');
			if (fate === 'too-many-requests' || fate === 'too-slow') throw new Refused(fate, 429, 'Later.');
			const headers = { 'content-type': 'application/json' };
			const answer = await server.fetch(path, {
				method,
				headers,
				body: body === undefined ? null : JSON.stringify(body),
			});
			const read: { code: ErrorCode; title: string } = JSON.parse((await answer.text()) || '{}');
			if (fate === 'after') throw new Unanswered('the answer is lost');
			if (!answer.ok) throw new Refused(read.code, answer.status, read.title);
			return read;
		};
		const open = async (keep: Keep) => {
			const signer = new Signer({ call, keep, now: () => server.clock.now() });
			await signer.open(link, letter.root);
			return signer;
		};
		const [keep, address] = [memoryKeep(), `person.${people++}@northwind.example`];
		const signer = await open(keep);
		await signer.appear(appear);
		const prove = async (by: Signer) => {
			await by.askForCode(address);
			await server.deps.afterwards.idle();
			const mail = server.relay.mails.findLast(({ to }) => to.includes(address));
			await by.proveByCode(codeIn(mail?.text ?? ''));
		};
		await prove(signer);
		return { signer, prove, sent, fates, anotherTab: () => open(keep), anotherDevice: () => open(memoryKeep()) };
	};
	/** What they sign next does not arrive before they withdraw. */
	const expectTooLate = async ({ signer, sent, fates }: Awaited<ReturnType<typeof about>>) => {
		await signer.appear({ ...anonymous, label: 'Driver' });
		fates.push('before');
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		await signer.withdraw();
		expect(await (await server.send('/api/signatures', sent[1])).json()).toMatchObject({ code: 'turn-too-low' });
		expect(await standing(signer)).toBe('withdrawn');
	};
	const standing = async (signer: Signer) => {
		const own = await signer.own();
		return own.state === 'signed' ? own.shown : own.state;
	};

	test('of by name, which never arrived: they are anonymous, and stay so if it arrives after all', async () => {
		const { signer, sent } = await about(named, ['before']);
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		await signer.appear(anonymous);
		await signer.sign();
		expect(await standing(signer)).toBe('anonymous');
		expect(await (await server.send('/api/signatures', sent[0])).json()).toMatchObject({ code: 'turn-too-low' });
		expect(await standing(signer)).toBe('anonymous');
	});

	test('of by name, which had arrived: they are told so, and can take it off', async () => {
		const { signer } = await about(named, ['after']);
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		await signer.appear(anonymous);
		await expect(signer.sign()).rejects.toMatchObject({ code: 'named-already' });
		expect((await signer.record()).signed?.shown).toBe('named');
		await signer.withdraw();
		await signer.sign();
		expect(await standing(signer)).toBe('anonymous');
	});

	test.for(['before', 'after'] as const)('of anonymous, lost %s it arrived: they stand by name', async (fate) => {
		const { signer, prove } = await about(anonymous, [fate]);
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		await signer.appear(named);
		await prove(signer);
		await signer.sign();
		expect(await standing(signer)).toBe('named');
	});

	test('of the name itself', async () => {
		const { signer, sent } = await about(named, ['before']);
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		await signer.appear({ ...named, name: 'Kim D. Doe' });
		await signer.sign();
		expect(sent[1]?.sealed).not.toBe(sent[0]?.sealed);
	});

	test('and comes back to where they stopped: nothing is sent that they do not want any more', async () => {
		const { signer, sent } = await about(named, ['before']);
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		await signer.appear(anonymous);
		await signer.resume();
		expect(sent).toHaveLength(1);
		expect(await standing(signer)).toBe('none');
		await signer.sign();
		expect(await standing(signer)).toBe('anonymous');
	});

	test('in another tab: the first one does not sign what it does not show', async () => {
		const { signer, sent, anotherTab } = await about(anonymous);
		const { appear } = await signer.record();
		await (await anotherTab()).appear(named);
		await expect(signer.sign(appear)).rejects.toThrow('another tab');
		expect(sent).toEqual([]);
	});

	test.for(['too-many-requests', 'too-slow'] as const)(
		'not at all, but is refused (%s) after the answer was lost: pressed once more it stands',
		async (code) => {
			const { signer } = await about(named, ['after', code]);
			await expect(signer.sign()).rejects.toThrow(Unanswered);
			await expect(signer.sign()).rejects.toMatchObject({ code });
			await signer.sign();
			expect(await standing(signer)).toBe('named');
			expect(await signer.words()).toHaveLength(12);
		},
	);

	test('not at all, but the text is changed before the answer comes: they hear that they signed the old one, and sign the new one', async () => {
		const { signer } = await about(named, ['after']);
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		await letter.amend('Nobody should be called between nine and seven.');
		await signer.sign();
		await signer.openLetter(letter.id);
		expect(await signer.own()).toMatchObject({ state: 'signed', current: false });
		await signer.sign();
		expect(await signer.own()).toMatchObject({ state: 'signed', current: true });
	});

	test('and withdraws: what was on its way when they did comes too late', async () => {
		const person = await about(anonymous);
		await person.signer.sign();
		await expectTooLate(person);
	});

	test('and withdraws, who had withdrawn before: what was on its way comes too late all the same', async () => {
		const person = await about(anonymous);
		await person.signer.sign();
		await person.signer.withdraw();
		await expectTooLate(person);
	});

	test('and withdraws a first signature that has not arrived: they are told so, and that it may still come', async () => {
		const { signer, sent } = await about(named, ['before']);
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		expect(await signer.own()).toEqual({ state: 'none', coming: 'named' });
		await expect(signer.withdraw()).rejects.toThrow('has not arrived');
		expect((await server.send('/api/signatures', sent[0])).status).toBe(200);
		const arrived = await signer.own();
		expect([arrived.state, arrived.coming]).toEqual(['signed', undefined]);
		await signer.withdraw();
		expect(await standing(signer)).toBe('withdrawn');
	});

	test.for([named, anonymous])(
		'of a first signature that has not arrived, signs once more ($shown) and takes that off: it comes too late',
		async (again) => {
			const { signer, sent } = await about(named, ['before']);
			await expect(signer.sign()).rejects.toThrow(Unanswered);
			await signer.appear(again);
			await signer.sign();
			await signer.withdraw();
			expect(await (await server.send('/api/signatures', sent[0])).json()).toMatchObject({ code: 'turn-too-low' });
			expect(await signer.own()).toMatchObject({ state: 'withdrawn' });
		},
	);

	test('of anonymous, and knows that by name may still arrive, until another device has gone past it', async () => {
		const { signer, prove, fates, anotherDevice } = await about(anonymous);
		await signer.sign();
		await signer.appear(named);
		await prove(signer);
		fates.push('before');
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		expect(await signer.own()).toMatchObject({ state: 'signed', shown: 'anonymous', coming: 'named' });
		const other = await anotherDevice();
		await other.useWords((await signer.words())?.join(' ') ?? '');
		await other.withdraw();
		const own = await signer.own();
		expect([own.state, own.coming]).toEqual(['withdrawn', undefined]);
	});

	test('and withdraws without an answer, too: as long as no withdrawal is there, what was sent before may arrive', async () => {
		const { signer, sent, fates } = await about(anonymous, [], ['/api/signatures', '/api/withdrawals']);
		await signer.sign();
		await signer.withdraw();
		fates.push('before', 'before');
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		await expect(signer.withdraw()).rejects.toThrow(Unanswered);
		expect(await signer.own()).toMatchObject({ state: 'withdrawn', coming: 'anonymous' });
		await signer.withdraw();
		expect(await (await server.send('/api/signatures', sent[2])).json()).toMatchObject({ code: 'turn-too-low' });
		const own = await signer.own();
		expect([own.state, own.coming]).toEqual(['withdrawn', undefined]);
	});

	test('and withdraws on another device: the first one, when it is opened again, does not undo it', async () => {
		const { signer, fates, anotherDevice } = await about(anonymous);
		await signer.sign();
		await signer.appear({ ...anonymous, label: 'Driver' });
		fates.push('before');
		await expect(signer.sign()).rejects.toThrow(Unanswered);
		const other = await anotherDevice();
		await other.useWords((await signer.words())?.join(' ') ?? '');
		await other.withdraw();
		await expect(signer.resume()).rejects.toMatchObject({ code: 'turn-too-low' });
		expect(await standing(signer)).toBe('withdrawn');
	});

	test('of withdrawing, and signs again: the withdrawal comes too late', async () => {
		const { signer, sent } = await about(anonymous, ['before'], ['/api/withdrawals']);
		await signer.sign();
		await expect(signer.withdraw()).rejects.toThrow(Unanswered);
		await signer.sign();
		expect(await (await server.send('/api/withdrawals', sent[0])).json()).toMatchObject({ code: 'turn-too-low' });
		expect(await standing(signer)).toBe('anonymous');
	});

	test('or does not: what will be published beside the names does not say who did', async () => {
		const turns: number[] = [];
		for (const again of [false, false, true, true]) {
			const { signer, sent } = await about(anonymous);
			await signer.sign();
			await signer.appear({ ...anonymous, label: 'Driver' });
			if (again) await signer.sign();
			turns.push(readStatement(String(sent.at(-1)?.statement)).turn);
		}
		expect(new Set(turns).size).toBe(4);
		expect(Math.max(...turns)).toBeGreaterThan(2 ** 16);
	});
});
