import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DaySheet, VersionedSheet } from '../../../shared/api/day.ts';
import { Refused, Unanswered } from '../../../shared/client/call.ts';
import { beginSheet, inOrder, mergeSheets, movedTo } from '../../../web/desk/day-sheet.ts';
import { SheetCopy } from '../../../web/desk/sheet-copy.ts';

const RELEASE = '2027-03-01T09:00:00Z';
const begun = beginSheet(RELEASE);
const change = (sheet: DaySheet, n: number, part: Partial<DaySheet['rows'][number]>): DaySheet => ({
	...sheet,
	rows: sheet.rows.map((row, i) => (i === n ? { ...row, ...part } : row)),
});

describe('the sheet for the day', () => {
	test('begins from the minute of the release, the same for everybody, and moves with it', () => {
		expect(begun).toEqual(beginSheet(RELEASE));
		expect(begun.askedAt).toBe('2027-02-28T09:00:00Z');
		expect(begun.rows.find(({ what }) => what.startsWith('The letter goes out'))?.at).toBe(RELEASE);
		const moved = movedTo(begun, '2027-03-01T11:30:00Z');
		expect(moved).toEqual(beginSheet('2027-03-01T11:30:00Z'));
		expect(inOrder(beginSheet(null).rows)).toEqual(beginSheet(null).rows);
	});

	test('joins what two wrote: different rows, one row, a row taken out, a row added', () => {
		const mine = change({ ...begun, speaks: 'Rosa' }, 0, { who: 'Rosa' });
		const theirs = change({ ...begun, asked: 'by mail' }, 1, { who: 'Kim' });
		const both = mergeSheets(begun, mine, theirs);
		expect([both.speaks, both.asked, both.rows[0]?.who, both.rows[1]?.who]).toEqual(['Rosa', 'by mail', 'Rosa', 'Kim']);
		const same = mergeSheets(begun, mine, change(begun, 0, { who: 'Kim' }));
		expect(same.rows.filter(({ what }) => what === begun.rows[0]?.what).map(({ who }) => who)).toEqual(['Rosa', 'Kim']);
		expect(new Set(same.rows.map(({ id }) => id)).size).toBe(same.rows.length);
		const without = { ...begun, rows: begun.rows.slice(1) };
		expect(mergeSheets(begun, without, begun).rows).toHaveLength(begun.rows.length - 1);
		expect(mergeSheets(begun, without, change(begun, 0, { who: 'Kim' })).rows).toHaveLength(begun.rows.length);
	});

	test('whatever two type into it stands in it afterwards', () => {
		const typed = fc.stringMatching(/^[a-z]{5,9}$/);
		const one = fc.record({ n: fc.nat(8), who: typed, what: typed, speaks: typed });
		fc.assert(
			fc.property(one, one, (a, b) => {
				const of = ({ n, who, what, speaks }: typeof a) => change({ ...begun, speaks }, n, { who, what });
				const merged = JSON.stringify(mergeSheets(begun, of(a), of(b)));
				for (const word of [a.who, a.what, a.speaks, b.who, b.what, b.speaks]) expect(merged).toContain(word);
			}),
		);
	});
});

describe('this browser’s copy', () => {
	/** A server in memory. */
	function server(present: VersionedSheet | null) {
		const held = { present, away: false };
		return {
			held,
			save: async (version: number, sheet: DaySheet) => {
				if (held.away) throw new Unanswered();
				if (version !== (held.present?.version ?? 0)) throw new Refused('sheet-changed', 409, 'Changed.');
				held.present = { version: version + 1, sheet };
				return version + 1;
			},
			read: async () => held.present,
		};
	}

	test('begins with nobody’s, joins with who was quicker, and sends what could not be sent once the server is back', async () => {
		const at = server(null);
		const mine = new SheetCopy(at, { version: 0, sheet: begun });
		const theirs = new SheetCopy(at, { version: 0, sheet: begun });
		expect(mine.isNew).toBe(true);
		await theirs.change({ speaks: 'Kim' });
		await mine.change({ asked: 'by mail' });
		expect(at.held.present?.sheet).toMatchObject({ speaks: 'Kim', asked: 'by mail' });
		expect([mine.state, mine.dirty, mine.isNew]).toEqual(['saved', false, false]);

		at.held.away = true;
		await mine.change({ asked: 'by telephone' });
		expect([mine.state, mine.dirty]).toEqual(['away', true]);
		at.held.away = false;
		await theirs.change({ speaks: 'Kim, else Rosa' });
		const heard = new Promise((resolve) => mine.addEventListener('change', () => mine.state === 'saved' && resolve(0)));
		if (at.held.present) mine.seen(at.held.present);
		await heard;
		expect(at.held.present?.sheet).toMatchObject({ speaks: 'Kim, else Rosa', asked: 'by telephone' });
	});

	test('asks nothing more once nobody wants it, also where a save was under way that then fails', async () => {
		const sent = Promise.withResolvers<number>();
		const read = async () => null;
		const copy = new SheetCopy({ save: () => sent.promise, read }, { version: 1, sheet: begun });
		const saving = copy.change({ speaks: 'Rosa' });
		copy.end();
		sent.reject(new Unanswered());
		await saving;
		copy.type({ speaks: 'Kim' });
		await copy.flush();
		expect(dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(true);
	});
});
