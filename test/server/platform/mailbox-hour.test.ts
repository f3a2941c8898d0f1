import { expect, test } from 'vitest';
import { alone, type Between } from '../../../server/platform/between-nodes.ts';
import { SettableClock } from '../../../server/platform/clock.ts';
import { MailboxHour } from '../../../server/platform/mailbox-hour.ts';
import { PeerKey } from '../../../server/platform/peer-key.ts';

const noon = new Date('2027-01-01T12:00:00Z');
const kim = 'kim@northwind.example';

function startHour(clock: SettableClock, peers = new PeerKey(clock), between: Between = alone) {
	const hour = new MailboxHour(clock, peers, between);
	return { ask: (address = kim) => hour.within(address, async (room) => room), hour };
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
	expect(await times(4, ask)).toEqual([true, true, true, false]);
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
	for (let n = 0; n < 10; n++) await expect(hour.within(kim, lost)).rejects.toThrow('away');
	for (let n = 0; n < 10; n++) expect(await hour.within(kim, async () => false)).toBe(false);
	expect(await times(4, ask)).toEqual([true, true, true, false]);
});

test('neither midnight nor a clock that is set back lets more through', async () => {
	const clock = new SettableClock(new Date('2027-01-01T23:50:00Z'));
	const { ask } = startHour(clock);
	await times(3, ask);
	clock.advance(20);
	expect(await ask()).toBe(false);
	clock.set(new Date('2027-01-01T22:50:00Z'));
	expect(await ask()).toBe(false);
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
	await times(2, a.ask);
	expect(told.join()).not.toContain('kim');
	for (const name of told) heard[1]?.(name, 1);
	expect(await times(2, b.ask)).toEqual([true, false]);
});
