import { expect, onTestFinished, test } from 'vitest';
import { Afterwards } from '../../../server/platform/afterwards.ts';
import { type Mailer, smtpMailer } from '../../../server/platform/mail.ts';
import { type Monotonic, Outbox } from '../../../server/platform/outbox.ts';
import { Secret } from '../../../server/platform/secret.ts';
import { startRelay } from '../../support/relay.ts';

type Said = readonly [number, string];

/** Stands still until it is told. */
class ByHand implements Monotonic {
	#now = 0;
	readonly #waiting = new Map<() => void, number>();

	now(): number {
		return this.#now;
	}

	later(run: () => void, milliseconds: number): () => void {
		this.#waiting.set(run, this.#now + milliseconds);
		return () => this.#waiting.delete(run);
	}

	pass(milliseconds: number): void {
		this.#now += milliseconds;
		for (const [run, at] of [...this.#waiting]) if (at <= this.#now && this.#waiting.delete(run)) run();
	}
}

async function begin() {
	const relay = await startRelay();
	const mailer = smtpMailer(new Secret(relay.url), 'post@mail.example');
	const logged: string[] = [];
	const afterwards = new Afterwards((...line) => {
		logged.push(JSON.stringify(line));
	});
	const clock = new ByHand();
	let tries = 0;
	const counting: Mailer = {
		...mailer,
		send(mail) {
			tries++;
			return mailer.send(mail);
		},
	};
	const outbox = new Outbox(counting, afterwards, clock);
	onTestFinished(async () => {
		outbox.close();
		mailer.close();
		await relay.stop();
	});
	const works = () => {
		try {
			outbox.requireWorking();
			return true;
		} catch {
			return false;
		}
	};
	const post = (to: string) => outbox.post('mail', { to, subject: 'Your code', text: '1234 5678' });
	const send = async (to: string) => {
		post(to);
		await afterwards.idle();
		return works();
	};
	const wait = (milliseconds: number) => clock.pass(milliseconds);
	/** And what that brings about. */
	const pass = (milliseconds: number) => {
		wait(milliseconds);
		return afterwards.idle();
	};
	return { relay, post, send, works, logged, wait, tries: () => tries, pass };
}

/** Whether the relay is taken to work, after each of so many mailboxes was refused. */
async function refused(desk: Awaited<ReturnType<typeof begin>>, said: Said, mailboxes: readonly string[]) {
	desk.relay.refuseAll(said);
	const after: boolean[] = [];
	for (const mailbox of mailboxes) after.push(await desk.send(mailbox));
	desk.relay.refuseAll(null);
	return after;
}

const mailboxes = (count: number) => Array.from({ length: count }, (_, at) => `person.${at}@northwind.example`);
const noticedAtFifth = [true, true, true, true, false];

test('what a relay says of mailboxes never counts against it, however many there are', async () => {
	const desk = await begin();
	expect(await refused(desk, [550, '5.1.1 no such mailbox'], mailboxes(7))).toEqual(Array(7).fill(true));
	expect(desk.logged).toHaveLength(7);
	expect(desk.logged.join()).not.toContain('person');
});

test('a relay that refuses five mailboxes in a row and says of none that it is the mailbox is noticed', async () => {
	expect(await refused(await begin(), [554, '5.7.1 relay access denied'], mailboxes(5))).toEqual(noticedAtFifth);
});

test('one mailbox that is refused again and again says nothing of others', async () => {
	const again = Array<string>(8).fill('board@northwind.example');
	expect(await refused(await begin(), [550, '5.7.1 not for you'], again)).toEqual(Array(8).fill(true));
});

test('while mails are taken in between, no number of refusals counts; a minute after the last one, it does', async () => {
	const desk = await begin();
	expect(await desk.send('amina@northwind.example')).toBe(true);
	desk.wait(59_000);
	expect(await refused(desk, [550, '5.7.1 denied'], mailboxes(7))).toEqual(Array(7).fill(true));
	desk.wait(2_000);
	expect(await refused(desk, [550, '5.7.1 denied'], mailboxes(4))).toEqual(Array(4).fill(true));
	expect(await desk.send('bo@northwind.example')).toBe(true);
	desk.wait(61_000);
	expect(await refused(desk, [550, '5.7.1 denied'], mailboxes(5))).toEqual(noticedAtFifth);
	expect(desk.relay.mails).toHaveLength(2);
});

test('while a relay says nothing, a thousand mails wait for it, and nobody is promised another', async () => {
	const desk = await begin();
	desk.relay.hang(true);
	const [last, ...all] = mailboxes(1_020).map((mailbox) => () => desk.post(mailbox));
	for (const post of all) post();
	expect(desk.works()).toBe(true);
	last?.();
	expect(desk.works()).toBe(false);
});

/** Longer than either pause, so that it is tried once in each. */
const MINUTE = 60_000;
const later = [
	['a mailbox', [450, '4.2.1 come again later']],
	['a relay', [421, '4.3.2 not now']],
] as const;

test.each(later)(
	'%s that asks to wait is tried for a quarter of an hour, and logged when that begins and ends',
	async (_, said) => {
		const desk = await begin();
		desk.relay.refuseAll(said);
		await desk.send('kim@northwind.example');
		for (let minute = 1; minute < 15; minute++) await desk.pass(MINUTE);
		expect([desk.logged.length, desk.tries()]).toEqual([1, 15]);
		await desk.pass(MINUTE);
		expect([desk.logged.length, desk.tries()]).toEqual([2, 16]);
		desk.relay.refuseAll(null);
		await desk.pass(MINUTE);
		expect([desk.relay.mails, desk.tries()]).toEqual([[], 16]);
		expect(desk.works()).toBe(true);
	},
);

test.each(later)('%s that takes mails again within that time gets it, once', async (_, said) => {
	const desk = await begin();
	desk.relay.refuseAll(said);
	await desk.send('kim@northwind.example');
	for (let minute = 1; minute < 14; minute++) await desk.pass(MINUTE);
	desk.relay.refuseAll(null);
	for (let minute = 14; minute < 17; minute++) await desk.pass(MINUTE);
	expect(desk.relay.mails.map(({ to }) => to)).toEqual([['kim@northwind.example']]);
	expect(desk.logged).toHaveLength(1);
});
