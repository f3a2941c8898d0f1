import { expect, test } from 'vitest';
import { alone, type Between } from '../../../server/platform/between-nodes.ts';
import { SettableClock } from '../../../server/platform/clock.ts';
import { MailboxHour } from '../../../server/platform/mailbox-hour.ts';
import { PeerKey } from '../../../server/platform/peer-key.ts';

const noon = new Date('2027-01-01T12:00:00Z');
const kim = 'kim@northwind.example';

function startHour(clock: SettableClock, peers = new PeerKey(clock), between: Between = alone) {
	const hour = new MailboxHour(clock, peers, between);
	return { ask: (address = kim, letter = 'L') => hour.within(address, letter, async (room) => room), hour };
}

const times = async (count: number, what: () => Promise<boolean>) => {
	const all: boolean[] = [];
	for (let n = 0; n < count; n++) all.push(await what());
	return all;
};

test('three mails an hour go to a mailbox, and as many to another; also of many that are asked for at once', async () => {
	const clock = new SettableClock(noon);
	const { ask } = startHour(clock);
	const asked = await Promise.all(Array.from({ length: 20 }, () => ask()));
	expect(asked.filter(Boolean)).toHaveLength(3);
	expect(await ask('lee@northwind.example')).toBe(true);
	clock.advance(59);
	expect(await ask()).toBe(false);
	clock.advance(1);
	expect(await times(4, () => ask())).toEqual([true, true, true, false]);
});

test('within any hour, however they are spread', async () => {
	const clock = new SettableClock(noon);
	const { ask } = startHour(clock);
	const went: number[] = [];
	for (let minute = 0; minute < 300; minute += 7) {
		if (await ask()) went.push(minute);
		clock.advance(7);
	}
	expect(went.length).toBeGreaterThan(9);
	for (const [n, minute] of went.entries()) if (n >= 3) expect(minute - (went[n - 3] ?? 0)).toBeGreaterThanOrEqual(60);
});

test('a mail that was not promised after all takes no place', async () => {
	const { ask, hour } = startHour(new SettableClock(noon));
	const lost = () => Promise.reject(new Error('the database is away'));
	for (let n = 0; n < 10; n++) await expect(hour.within(kim, 'L', lost)).rejects.toThrow('away');
	for (let n = 0; n < 10; n++) expect(await hour.within(kim, 'L', async () => false)).toBe(false);
	expect(await times(4, () => ask())).toEqual([true, true, true, false]);
});

test('whoever asks for codes of other letters keeps nobody from one of their own, and gets no more than one more of each letter', async () => {
	const clock = new SettableClock(noon);
	const { ask } = startHour(clock);
	const went = { stranger: 0, colleague: 0 };
	for (let minute = 0; minute < 600; minute += 5) {
		for (let n = 0; n < 3; n++) if (await ask(kim, 'of a stranger')) went.stranger++;
		if (minute % 60 === 30) {
			expect(await ask(kim, 'L'), `minute ${minute}`).toBe(true);
			went.colleague++;
		}
		clock.advance(5);
	}
	expect(went).toEqual({ stranger: 30, colleague: 10 });
	const another = startHour(clock);
	const tried = [];
	for (const letter of ['A', 'A', 'B', 'C', 'C', 'D', 'D', 'A', 'B']) tried.push(await another.ask(kim, letter));
	expect(tried).toEqual([true, true, true, true, false, true, false, false, false]);
});

test('midnight lets no more through, nor a clock that is set back by less than the hour; one that is set back by more locks nobody out', async () => {
	const clock = new SettableClock(new Date('2027-01-01T23:50:00Z'));
	const { ask } = startHour(clock);
	await times(3, () => ask());
	clock.advance(20);
	expect(await ask()).toBe(false);
	clock.set(new Date('2027-01-01T22:51:00Z'));
	expect(await ask()).toBe(false);
	clock.set(new Date('2027-01-01T22:50:00Z'));
	expect(await ask()).toBe(true);
});

test('an hour after the last who asked nothing is remembered of them, though nobody asks again, nor yesterday’s key', async () => {
	const clock = new SettableClock(new Date('2027-01-01T23:30:00Z'));
	const peers = new PeerKey(clock);
	const { ask, hour } = startHour(clock, peers);
	await times(3, () => ask());
	await ask('lee@northwind.example');
	const { bytes } = peers.key;
	clock.advance(59);
	expect(hour.size).toBe(4);
	expect(Math.max(...bytes)).toBeGreaterThan(0);
	hour.forget();
	expect(bytes).toEqual(new Uint8Array(32));
	expect(hour.size).toBe(4);
	clock.advance(1);
	hour.forget();
	expect(hour.size).toBe(0);
});

test('what other nodes have sent counts, once it is heard', async () => {
	const clock = new SettableClock(noon);
	const peers = new PeerKey(clock);
	const heard: ((name: string, times: number) => void)[] = [];
	const told: string[] = [];
	const between: Between = {
		share: (_, hear) => {
			heard.push(hear);
			return (name) => void told.push(name);
		},
		stop: async () => {},
	};
	const [a, b] = [startHour(clock, peers, between), startHour(clock, peers, between)];
	await times(2, () => a.ask());
	expect(told.join()).not.toContain('kim@');
	for (const name of told) heard[1]?.(name, 1);
	expect(await times(2, () => b.ask())).toEqual([true, false]);
	expect([await b.ask(kim, 'M'), await b.ask(kim, 'M')]).toEqual([true, false]);
});
