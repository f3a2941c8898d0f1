import { describe, expect, test } from 'vitest';
import type { SignatureRequest } from '../../../shared/api/signing.ts';
import { type Call, Unanswered } from '../../../shared/client/call.ts';
import { checkSealed, contribute, openNames, type Progress, sendShares } from '../../../shared/client/opening.ts';
import { crewHere } from '../../../shared/client/opening-crew.ts';
import { OpeningPass } from '../../../shared/client/opening-pass.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';

const quietly = () => {};
/** More than two chunks of the pass; the server's pages hold three. */
const SIGNERS = 104;

/** Three organizers, two of whom are needed; the second has contributed. What the server hands over is changed by `change`. */
async function stage(signers = SIGNERS, change: (all: SignatureRequest[]) => SignatureRequest[] = (all) => all) {
	const desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(signers) });
	await contribute(desk.call(1), desk.organizer(1), desk.standing, desk.sealed, quietly);
	const requests = change(desk.sealed.map(({ request }) => ({ ...request })));
	const real = desk.call(0);
	const call: Call = async (method, path, body) => {
		if (!path.startsWith('/api/desk/signatures')) return real(method, path, body);
		const from = Number(/after=(.*)/.exec(path)?.[1]?.slice(0, 4) ?? 0);
		const next = from + 30 < requests.length ? `${String(from + 30).padStart(4, '0')}${'A'.repeat(39)}` : null;
		return { signatures: requests.slice(from, from + 30), next };
	};
	return { desk, requests, call, pass: new OpeningPass(desk.organizer(0), desk.standing) };
}

/** What the steps of opening.ts say of the same. */
async function stepByStep({ desk, requests, call }: Awaited<ReturnType<typeof stage>>) {
	const { standing } = desk;
	const { signatures, refused } = await checkSealed(standing, requests, quietly);
	const wrong = await contribute(call, desk.organizer(0), standing, signatures, quietly);
	return { refused, wrong, opening: await openNames(call, desk.organizer(0), standing, signatures, quietly) };
}

const wrongOf = (pass: OpeningPass, organizer: string) =>
	pass.shares.filter(({ share }) => share === null).map(({ key }) => ({ key, organizer }));

describe('an opening in one pass', () => {
	test('finds what the steps find one after the other: names, what does not hold, shares that are wrong', async () => {
		const all = await stage(SIGNERS, ([first, second, ...rest]) => {
			if (!first || !second) throw new Error('Nobody signed.');
			return [{ ...first, authenticator: second.authenticator }, second, ...rest, { ...second, statement: '{' }];
		});
		const { desk, call, pass } = all;
		// The second organizer's contribution spoils one name: of the share nothing is left but its place.
		const spoiled = desk.sealed.map(({ statement: { key } }) => ({ key, share: new Uint8Array(33) }));
		const own = await readOwn(desk, 1);
		const mixed = own.map((one, at) => (at === 5 ? (spoiled[5] ?? one) : one));
		await sendShares(desk.call(1), desk.organizer(1), desk.standing, mixed);
		await pass.run(call, SIGNERS, quietly);
		const found = { refused: pass.refused, wrong: wrongOf(pass, desk.organizer(0).id), opening: pass.opening };
		expect(found).toEqual(await stepByStep(all));
		const { names, waiting, wrongShares } = found.opening;
		expect([found.refused, names.length, waiting.length, wrongShares.length]).toEqual([2, SIGNERS - 2, 1, 1]);
	});

	test('opens nothing with fewer contributions than are needed', async () => {
		const { desk, call, pass } = await stage(8);
		desk.contributions.clear();
		await pass.run(call, 8, quietly);
		expect([pass.opening.names.length, pass.opening.waiting.length, pass.shares.length]).toEqual([0, 8, 8]);
		expect(pass.hasSeen([desk.organizer(0).id])).toBe(true);
		expect(pass.hasSeen([desk.organizer(0).id, desk.organizer(1).id])).toBe(false);
	});

	test('of two parts under one key lists the first, so that a server cannot keep every name shut', async () => {
		const { desk, call, pass } = await stage(8, (all) => [...all, ...all.slice(0, 2)]);
		await pass.run(call, 8, quietly);
		expect(pass.shares).toHaveLength(8);
		await sendShares(call, desk.organizer(0), desk.standing, pass.shares);
		expect(desk.contributions.size).toBe(2);
	});

	test('opens no own share anew where this organizer has contributed', async () => {
		const all = await stage(8);
		const { desk, call, pass } = all;
		const { opening } = await stepByStep(all);
		await pass.run(call, 8, quietly);
		expect(pass.shares).toEqual([]);
		expect(pass.opening).toEqual(opening);
		expect(pass.hasSeen([desk.organizer(0).id, desk.organizer(1).id])).toBe(true);
	});

	test('asks for no page twice where it was still on its way when the contributions did not come', async () => {
		const { call, pass } = await stage(8);
		let arrive = () => {};
		const arrived = new Promise<void>((resolve) => {
			arrive = resolve;
		});
		let fails = true;
		const slow: Call = async (method, path, body) => {
			if (path.startsWith('/api/desk/signatures')) await arrived;
			else if (fails) {
				fails = false;
				throw new Unanswered('No answer.');
			}
			return call(method, path, body);
		};
		// Pressed again as soon as it failed.
		const again = pass.run(slow, 8, quietly).catch(() => pass.run(slow, 8, quietly));
		await new Promise((resolve) => setTimeout(resolve));
		arrive();
		await again;
		expect(fails).toBe(false);
		expect(pass.signatures).toHaveLength(8);
	});

	test('goes on after what did not come, and after work that failed; nothing is done twice', async () => {
		const { call, pass } = await stage();
		const asked: string[] = [];
		let fails = true;
		const unsure: Call = async (method, path, body) => {
			asked.push(path);
			if (fails && asked.length === 4) throw new Unanswered('No answer.');
			return call(method, path, body);
		};
		const taken: number[] = [];
		const crew = crewHere();
		const counting = {
			...crew,
			take: async (...args: Parameters<typeof crew.take>) => {
				if (fails && taken.length === 2) throw new Error('No memory.');
				taken.push(args[2].length);
				return crew.take(...args);
			},
		};
		const seen: Progress[] = [];
		const working = { crew: counting, onProgress: (progress: Progress) => void seen.push(progress) };
		await expect(pass.run(unsure, SIGNERS, working)).rejects.toThrow('No answer.');
		await expect(pass.run(unsure, SIGNERS, working)).rejects.toThrow('No memory.');
		fails = false;
		await pass.run(unsure, SIGNERS, working);
		expect(pass.opening.names).toHaveLength(SIGNERS);
		expect(taken).toEqual([50, 50, 4]);
		// Contributions, and each of four pages once but for the one that did not come.
		expect(asked).toHaveLength(6);
		expect(seen.at(-1)).toEqual({ phase: 'check', done: SIGNERS, of: SIGNERS });
	});
});

/** What organizer `at` contributed. */
async function readOwn(desk: OrganizerDesk, at: number) {
	const pass = new OpeningPass(desk.organizer(at), desk.standing);
	desk.contributions.clear();
	await pass.run(desk.call(at), null, quietly);
	return pass.shares;
}
