import { describe, expect, test } from 'vitest';
import { approve } from '../../../shared/approval.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { isSameList } from '../../../shared/client/mailing.ts';
import { decideSuspension } from '../../../shared/client/suspending.ts';
import { type Mailing, mailingSubject, writeMailing } from '../../../shared/mailing.ts';
import { countByDomain, rosterHash } from '../../../shared/roster.ts';
import { refusal } from '../../support/desk.ts';
import { openLetter } from '../../support/open-letter.ts';
import { startServer } from '../../support/server.ts';
import { ask, blinded } from './asking.ts';
import { MailingSeat, minutesPass, staffList } from './mailing-desk.ts';

const open = async () => {
	const server = await startServer({ database: 'postgres' });
	const letter = await openLetter(server);
	const seats = await Promise.all([0, 1, 2].map((by) => MailingSeat.at(server, letter, by)));
	const [ada, kim, lee] = seats as [MailingSeat, MailingSeat, MailingSeat];
	return { server, letter, ada, kim, lee };
};

describe('writing to everybody on a list', () => {
	test('one organizer alone reaches nobody; with the second everybody gets the same mail, each with a code that signs once', async () => {
		const { server, letter, ada, kim } = await open();
		const list = staffList(12);
		await ada.propose(list);
		await ada.approve();
		await minutesPass(server, 3);
		expect(server.relay.mails).toEqual([]);
		const waiting = await kim.mailing();
		expect(waiting).toMatchObject({ state: 'proposed', total: 12, approvedBy: [ada.organizer.id], over: null });
		expect(waiting.mailing).toMatchObject({
			note: 'From the staff directory, by hand',
			domains: [{ domain: 'northwind.example', count: 12 }],
		});
		expect(
			JSON.stringify(
				await ask(server, '/api/desk', undefined, { method: 'GET', headers: { cookie: await letter.cookie(1) } }),
			),
		).not.toContain('quillfeather');

		expect(await kim.approve()).toBe('sending');
		await minutesPass(server, 2);
		expect(server.relay.mails.flatMap(({ to }) => to).sort()).toEqual(list);
		expect(await kim.mailing()).toMatchObject({ state: 'done', sent: 12, refused: 0, unknown: 0, repeated: 0 });

		const texts = server.relay.mails.map(({ text, subject }) => `${subject}\n${text}`);
		const codeOf = (text: string) => /(?:[0-9A-Z]{3}-){8}[0-9A-Z]{3}/.exec(text)?.[0] ?? '';
		expect(new Set(texts.map(codeOf)).size).toBe(12);
		expect(new Set(texts.map((text) => text.replace(codeOf(text), '…'))).size).toBe(1);
		expect(texts[0]).not.toMatch(/Northwind|quiet nights|Undersigned|\/l\/|#/i);
		const redeem = { letter: letter.id, voucher: codeOf(texts[0] ?? ''), request: await blinded(letter) };
		expect(await ask(server, '/api/vouchers', redeem)).toMatchObject({ status: 200, body: { group: letter.staff.id } });
		const again = { ...redeem, request: await blinded(letter) };
		expect(await ask(server, '/api/vouchers', again)).toMatchObject({ status: 409, code: 'already-used' });
	});

	test('whoever signed before gets the mail as well, and nobody gets two, whatever is on the next list', async () => {
		const { server, letter, ada, kim } = await open();
		const list = staffList(20);
		const [first = ''] = list;
		const signer = await letter.signer();
		await signer.appear({ shown: 'anonymous', label: null, condition: null });
		await signer.askForCode(first);
		await signer.proveByCode((await server.relay.mailTo(first)).text.slice(0, 8));
		await signer.sign();
		server.relay.mails.length = 0;
		for (const [part, total] of [
			[list.slice(0, 15), 15],
			[list, 20],
		] as const) {
			await ada.propose([...part]);
			await kim.approve();
			await minutesPass(server, 2);
			expect(server.relay.mails.flatMap(({ to }) => to).sort()).toEqual(list.slice(0, total));
		}
		const counts = (await ada.mailings()).map(({ sent, repeated }) => ({ sent, repeated }));
		expect(counts).toContainEqual({ sent: 15, repeated: 0 });
		expect(counts).toContainEqual({ sent: 5, repeated: 15 });
	});

	test('there is one at a time; any organizer stops it, and what was stopped cannot be approved', async () => {
		const { server, ada, kim, lee } = await open();
		await ada.propose(staffList(10));
		expect(await refusal(kim.propose(staffList(11)))).toBe('409 mailing-pending');
		const proposed = await kim.mailing();
		await lee.turn('stopped');
		expect(await lee.mailing()).toMatchObject({ state: 'stopped', turnedBy: lee.organizer.id, sent: 0 });
		const authenticator = await approve(
			kim.organizer.secrets.approval,
			'mailing',
			(await kim.standing()).root,
			await mailingSubject((await kim.standing()).fingerprint, proposed.document),
		);
		const late = kim.call('POST', '/api/desk/mailings/approve', { mailing: proposed.mailing.mailing, authenticator });
		expect(await refusal(late)).toBe('409 mailing-gone');
		for (let more = 0; more < 4; more++) {
			await ada.propose(staffList(10));
			await kim.turn('stopped');
		}
		expect(await refusal(ada.propose(staffList(10)))).toBe('409 mailing-limit');
		await kim.propose(staffList(10));
		await kim.back();
		expect((await kim.mailing()).approvedBy).toEqual([]);
		await minutesPass(server, 2);
		expect(server.relay.mails).toEqual([]);
	});

	test('who approved it still stands behind what goes out after being suspended; of what waits, nothing of theirs counts', async () => {
		const { server, ada, kim, lee } = await open();
		await ada.propose(staffList(10));
		await kim.approve();
		const suspend = async (about: MailingSeat, ...by: MailingSeat[]) => {
			for (const { call, organizer, standing } of by) {
				await decideSuspension(call, organizer, await standing(), about.organizer.id, 1);
			}
		};
		await suspend(kim, ada, lee);
		expect((await lee.mailing()).approvedBy).toHaveLength(2);
		await minutesPass(server, 2);
		await ada.propose(staffList(20));
		expect((await lee.mailing()).approvedBy).toEqual([ada.organizer.id]);
		await suspend(ada, ada);
		expect((await lee.mailing()).approvedBy).toEqual([]);
	});

	test('who has the same list sees that it is the same, and a changed letter ends what was approved before', async () => {
		const { server, letter, ada, kim, lee } = await open();
		await ada.propose(staffList(10));
		const waiting = await kim.mailing();
		expect(await isSameList(waiting, staffList(10))).toBe(true);
		expect(await isSameList(waiting, staffList(11))).toBe(false);
		await letter.amend('Nobody should be called between nine and seven.');
		expect((await lee.mailing()).approvedBy).toEqual([]);
		expect(await kim.approve()).toBe('proposed');
		expect(await lee.approve()).toBe('sending');
		await minutesPass(server, 1);
		expect(server.relay.mails.length).toBe(10);
	});

	test('a list that is not what the others would read, or holds whom the letter does not know, is refused whole', async () => {
		const { ada } = await open();
		const { root, fingerprint } = await ada.standing();
		const salt = b64u(randomBytes(32));
		const list = staffList(10);
		const given = async (addresses: string[], change: Partial<Mailing> = {}) => {
			const document = writeMailing({
				...{ mailing: b64u(randomBytes(16)), note: 'from a friend', domains: countByDomain(addresses) },
				...{ list: await rosterHash(salt, addresses), ...change },
			});
			const subject = await mailingSubject(fingerprint, document);
			const authenticator = await approve(ada.organizer.secrets.approval, 'mailing', root, subject);
			return refusal(ada.call('POST', '/api/desk/mailings', { document, salt, addresses, authenticator }));
		};
		const domains = [{ domain: 'northwind.example', count: 10 }];
		expect(await given(list.toReversed())).toBe('400 invalid-input');
		expect(await given([...list.slice(1), list[1] ?? ''].sort())).toBe('400 invalid-input');
		expect(await given([...list, 'zoe@elsewhere.example'])).toBe('400 address-domain');
		expect(await given([...list, 'security@northwind.example'])).toBe('400 address-role');
		expect(await given([...list, 'Zoe@northwind.example'])).toBe('400 invalid-input');
		expect(await given(staffList(9))).toBe('400 invalid-input');
		expect(await given(staffList(11), { domains })).toBe('400 invalid-input');
		expect(await given(list, { list: await rosterHash(salt, staffList(11)) })).toBe('400 invalid-input');
		expect(await given(list)).toBe('not refused');
	});
});
