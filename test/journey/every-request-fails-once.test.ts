/**
 * What signers do in a real browser, with every request of it failing once: it never arrives, or its answer is lost, or the tab dies while it is on its way, before or after it
 * arrived. Requests are failed as they come, so that whatever is added to a step fails too. Nothing is lost, nothing doubled: in the database, and on the released letter.
 * test/journey/dropped-connections.test.ts fails them one at a time. web/ must be built.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Keep } from '../../shared/client/keep.ts';
import { readReleaseFile } from '../../shared/release-file.ts';
import { type Loss, startLine } from '../support/bad-line.ts';
import { DeterminedSigner, type Intent } from '../support/determined-signer.ts';
import { hours, instant } from '../support/drafts.ts';
import { SigningStage } from '../support/signing-stage.ts';

const named = { shown: 'named', name: 'Kim Doe', title: '', condition: null } as const;
const anonymous = { shown: 'anonymous', label: null, condition: null } as const;

type Way = { loss: Loss; killed: boolean };
const ways: readonly Way[] = [
	{ loss: 'before', killed: false },
	{ loss: 'after', killed: false },
	{ loss: 'before', killed: true },
	{ loss: 'after', killed: true },
];

type Story = { intent: Intent; keep?: Keep };

let stage: SigningStage;
beforeAll(async () => {
	stage = await SigningStage.set();
});
afterAll(() => stage.strike());

/** A tab that dies reads the letter anew each time: it is what changes something, or shows something, that kills it. */
const kills = (name: string) => /^POST (?!.*\/(own|follow|look)$)|release\.json$/.test(name);
/** A page goes on without its ornaments, and some of its parts are fetched ahead for steps that never come. */
const needed = (name: string) => !/^GET .*\.[a-z0-9]+$/.test(name) || name.endsWith('release.json');

/** At each step of the page, the first request of a kind fails. Parts of a page fail once: each is asked for again with all that need it. */
async function goThrough({ intent, keep }: Story, { loss, killed }: Way): Promise<DeterminedSigner> {
	const times = new Map<string, number>();
	const line = await startLine(
		({ name }) => {
			if (killed && !kills(name)) return null;
			const which = needed(name) ? `${name} at ${signer.at}` : name;
			const before = times.get(which) ?? 0;
			times.set(which, before + 1);
			return before === 0 ? loss : null;
		},
		async () => {
			if (killed) await signer.crash();
		},
	);
	const context = await stage.phone(line.url, keep);
	const signer = new DeterminedSigner(() => context.newPage(), intent);
	try {
		await signer.arrive();
		// Something failed (but for tabs that change nothing), and whoever was there was told.
		expect(times.size > 0 || killed).toBe(true);
		expect(signer.told.length > 0).toBe(times.size > 0);
		return signer;
	} finally {
		await context.close();
		await line.stop();
	}
}

/** In all ways at once. @returns who went through it, and how the numbers of signatures, withdrawn ones and proofs changed */
async function inAllWays(
	story: () => Promise<Story>,
	some = ways,
): Promise<{ grown: number[]; signers: DeterminedSigner[] }> {
	const stories = await Promise.all(some.map(async (way) => ({ way, story: await story() })));
	const before = await stage.counts();
	const signers = await Promise.all(stories.map(({ way, story }) => goThrough(story, way)));
	const after = await stage.counts();
	const grown = [after.live - before.live, after.withdrawn - before.withdrawn, after.proofs - before.proofs];
	return { signers, grown };
}

const all = ways.length;
const asked = (goal: RegExp): Intent => ({
	...{ address: stage.invite, goal, mailbox: stage.newMailbox() },
	code: (mailbox) => stage.code(mailbox),
});

describe('every request fails once, and somebody', () => {
	test('signs anonymously with a code', async () => {
		const { grown, signers } = await inAllWays(async () => ({ intent: asked(/^You are counted$/) }));
		expect(grown).toEqual([all, 0, all]);
		for (const { words } of signers) expect(words).toHaveLength(12);
	});

	test('signs by name with the voucher of a card', async () => {
		const vouchers = (await stage.organizers.vouchers(all)).map((one) => one.replaceAll('-', ''));
		const { grown } = await inAllWays(async () => ({
			intent: { ...asked(/^You are counted$/), address: `${stage.invite}.${vouchers.pop()}`, name: 'Vera Holder' },
		}));
		expect(grown).toEqual([all, 0, all]);
	});

	test('signs by name from the link in a mail, in another browser', async () => {
		const { grown } = await inAllWays(async () => {
			const mailbox = stage.newMailbox();
			const { keep } = await stage.device(null);
			const intent = {
				...asked(/^You are counted$/),
				mailbox,
				name: 'Mia Linke',
				address: await stage.mailLink(mailbox),
			};
			return { intent, keep };
		});
		expect(grown).toEqual([all, 0, all]);
	});

	test('takes the name off', async () => {
		const { grown } = await inAllWays(async () => {
			const { keep, mailbox } = await stage.device(named);
			const intent = { ...asked(/^You took your name off$/), mailbox, prefers: ['Take my name off'] };
			return { intent, keep };
		});
		expect(grown).toEqual([-all, all, 0]);
	});

	test('goes from anonymous to named', async () => {
		const { grown } = await inAllWays(async () => {
			const { keep, mailbox } = await stage.device(anonymous);
			// Only the standing says so.
			const intent = {
				...asked(/^You are counted$/),
				said: 'You signed by name.',
				mailbox,
				name: 'Noor Later',
				prefers: ['Sign by name instead'],
			};
			return { intent, keep };
		});
		expect(grown).toEqual([0, 0, 0]);
	});

	test('comes back with the words on another device', async () => {
		const { grown } = await inAllWays(async () => {
			const { words } = await stage.device(named);
			return { intent: { ...asked(/^You are counted$/), words, prefers: ['I have signed'] } };
		});
		expect(grown).toEqual([0, 0, 0]);
	});

	test('asks to be taken off without words', async () => {
		// Of this nothing is kept, which is said: whose tab dies begins again, with one of the three mails an hour.
		const alive = ways.filter(({ killed }) => !killed);
		const { grown } = await inAllWays(async () => {
			const { mailbox } = await stage.device(named);
			return { intent: { ...asked(/^Your request is sealed$/), mailbox, name: 'Kim Doe', prefers: ['I have signed'] } };
		}, alive);
		expect(grown).toEqual([0, 0, 0]);
		const requests = await stage.server.deps.db.selectFrom('lost_words').select('key').execute();
		expect(requests).toHaveLength(alive.length);
	});

	test('signs the changed text; the released letter has each of them once, and each can prove it', async () => {
		const before = await stage.counts();
		const devices = await Promise.all(ways.map(() => stage.device(named)));
		await stage.organizers.amend((text) => ({ text: { ...text, text: text.text.replace('Cancel', 'End') } }));
		const left = [...devices];
		const { grown } = await inAllWays(async () => {
			const { keep, mailbox } = left.pop() ?? devices[0] ?? (await stage.device(named));
			return { intent: { ...asked(/^You are counted$/), mailbox, name: 'Kim Doe', prefers: ['Sign again'] }, keep };
		});
		expect(grown).toEqual([0, 0, 0]);

		const { server, organizers } = stage;
		await organizers.decide('close');
		await server.due(new Date(server.clock.now().getTime() + hours(25)));
		await organizers.openNames();
		const releaseAt = new Date(server.clock.now().getTime() + hours(1));
		await organizers.release('once-each', instant(releaseAt));
		await server.due(releaseAt);
		const file = await (await server.fetch('/letters/once-each/release.json')).text();
		const { signatures, terms, chain } = await readReleaseFile(file);
		const entries = signatures.flatMap((one) => ('entry' in one ? [one.entry] : []));
		expect(entries.map(({ display }) => display?.name)).toEqual(devices.map(() => 'Kim Doe'));
		expect(new Set(entries.map(({ statement }) => statement.key)).size).toBe(all);
		const changed = new Set(entries.map(({ statement }) => statement.text));
		expect([changed.size, chain.charters.at(-1)]).toEqual([1, expect.stringContaining([...changed][0] ?? 'nothing')]);
		// One credential for each that was ever proved, and none for a second try.
		const stated = terms.tallies.flatMap(({ credentials }) => [credentials.mailbox, credentials.voucher]);
		expect(stated.reduce((sum, count) => sum + count, 0)).toBe(before.proofs + all);

		await inAllWays(async () => {
			const { keep } = devices.pop() ?? (await stage.device(null));
			const journalist = { name: 'Ida Tarbell', challenge: '7K2M-Q9XR-0ABC' };
			const prefers = ['Prove to a journalist that it is mine'];
			return { intent: { ...asked(/^Number \d+ is yours$/), journalist, prefers }, keep };
		});
	});
});
