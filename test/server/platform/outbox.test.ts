import { expect, onTestFinished, test } from 'vitest';
import { Afterwards } from '../../../server/platform/afterwards.ts';
import { smtpMailer } from '../../../server/platform/mail.ts';
import { Outbox } from '../../../server/platform/outbox.ts';
import { Secret } from '../../../server/platform/secret.ts';
import { startRelay } from '../../support/relay.ts';

type Said = readonly [number, string];

async function begin() {
	const relay = await startRelay();
	const mailer = smtpMailer(new Secret(relay.url), 'post@mail.example');
	const logged: string[] = [];
	const afterwards = new Afterwards((...line) => {
		logged.push(JSON.stringify(line));
	});
	let now = 0;
	const outbox = new Outbox(mailer, afterwards, () => now);
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
	const wait = (milliseconds: number) => {
		now += milliseconds;
	};
	return { relay, post, send, works, logged, wait };
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
