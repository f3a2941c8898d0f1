import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { readDesk } from '../../../shared/client/organizer.ts';
import { confirmTestMail, sendTestMail } from '../../../shared/client/readiness.ts';
import { databaseKinds } from '../../support/databases.ts';
import { openLetter, refusal, type Seat, startLetter, write } from '../../support/desk.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { codeIn } from '../../support/world.ts';

const kim = 'kim.doe@northwind.example';
const ada = 'ada.roe@northwind.example';

async function reach(server: TestServer, { call }: Seat, address: string): Promise<void> {
	const asked = await sendTestMail(call, address);
	await confirmTestMail(call, asked, codeIn((await server.relay.mailTo(address.toLowerCase())).text));
}

const reached = async ({ call }: Seat) => (await readDesk(call)).readiness.testMails;

describe.each(databaseKinds)('test mails (%s)', (database) => {
	test('count the inboxes that a code reached, once each; no address is kept, and all of it is gone when the letter opens', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		await write(server, r);
		expect(await reached(r)).toEqual([]);
		await reach(server, r, kim);
		await reach(server, k, 'Kim.Doe@northwind.example');
		await reach(server, k, ada);
		const both = [k.organizer.id, r.organizer.id].sort();
		expect(await reached(r)).toEqual([{ domain: 'northwind.example', inboxes: 2, by: both }]);
		expect(await reached(k)).toEqual(await reached(r));

		const rows = await sql<{ row: string }>`select t::text as row from test_mails t`.execute(server.deps.db);
		expect(rows.rows).toHaveLength(3);
		const kept = rows.rows.map(({ row }) => row).join('\n') + server.logs.join('\n');
		for (const name of ['kim.doe', 'ada.roe', Buffer.from(kim).toString('hex')]) expect(kept).not.toContain(name);

		await openLetter(server, [r, k]);
		expect(await server.deps.db.selectFrom('test_mails').selectAll().execute()).toEqual([]);
		expect(await refusal(sendTestMail(r.call, kim))).toBe('409 wrong-state');
	});
});

describe('a test mail', () => {
	test('is the one that signers get, and goes to a personal inbox of a domain in the draft only', async () => {
		const server = await startServer();
		const [r] = await startLetter(server, 'R.', 'K.');
		expect(await refusal(sendTestMail(r.call, kim))).toBe('400 address-domain address');
		const version = await write(server, r);
		await sendTestMail(r.call, kim);
		const mail = await server.relay.mailTo(kim);
		expect(mail.subject).toBe('Your code');
		expect(mail.text).toMatch(/^\d{8}\n/);
		expect(mail.text).toContain(`${server.origin}/v#`);
		expect(mail.text.replace(/v#[\w-]{43}/, '')).not.toMatch(/letter|northwind|test/i);
		for (const [address, code] of [
			['kim@elsewhere.example', '400 address-domain address'],
			['hr@northwind.example', '400 address-role address'],
			['Kim <kim.doe@northwind.example>', '400 address-format address'],
		] as const) {
			expect(await refusal(sendTestMail(r.call, address))).toBe(code);
		}
		expect(server.relay.mails).toHaveLength(1);
		await write(server, r, { codeOnly: true });
		expect(version).toBeLessThan((await readDesk(r.call)).draft?.version ?? 0);
		await sendTestMail(r.call, ada);
		expect((await server.relay.mailTo(ada)).text).not.toContain('/v#');
	});

	test('goes to one inbox three times an hour, from however many drafts', async () => {
		const server = await startServer();
		for (let time = 0; time < 3; time++) {
			const [one] = await startLetter(server, 'R.', 'K.');
			await write(server, one);
			await sendTestMail(one.call, time === 1 ? kim.toUpperCase() : kim);
		}
		const [another] = await startLetter(server, 'R.', 'K.');
		await write(server, another);
		expect(await refusal(sendTestMail(another.call, kim))).toBe('429 too-many-requests address');
		await sendTestMail(another.call, ada);
		server.clock.advance(61);
		await sendTestMail(another.call, kim);
		await server.deps.afterwards.idle(10_000);
		expect(server.relay.mails.filter(({ to }) => to.includes(kim))).toHaveLength(4);
	});

	test('reaches nobody by a wrong code, by another’s, or late; three an hour go to an inbox, ten from an organizer', async () => {
		const server = await startServer();
		const [r, k] = await startLetter(server, 'R.', 'K.');
		await write(server, r);
		const asked = await sendTestMail(r.call, kim);
		const code = codeIn((await server.relay.mailTo(kim)).text);
		const wrong = `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
		expect(await refusal(confirmTestMail(k.call, asked, code))).toBe('410 code-expired');
		for (const answer of ['400 code-wrong', '400 code-wrong', '400 code-wrong', '400 code-wrong', '410 code-ended']) {
			expect(await refusal(confirmTestMail(r.call, asked, wrong))).toBe(`${answer} code`);
		}
		expect(await refusal(confirmTestMail(r.call, asked, code))).toBe('410 code-ended');

		const late = await sendTestMail(k.call, kim);
		const lateCode = codeIn((await server.relay.mailTo(kim)).text);
		await sendTestMail(k.call, kim);
		expect(await refusal(sendTestMail(r.call, kim))).toBe('429 too-many-requests address');
		for (let i = 0; i < 9; i++) await sendTestMail(r.call, `colleague.${i}@northwind.example`);
		expect(await refusal(sendTestMail(r.call, ada))).toBe('429 too-many-requests address');

		server.clock.advance(121);
		expect(await refusal(confirmTestMail(k.call, late, lateCode))).toBe('410 code-expired');
		expect(await reached(r)).toEqual([]);
		await server.due();
		expect(await server.deps.db.selectFrom('test_mails').selectAll().execute()).toEqual([]);
		// What reached somebody outlives the hour, and says so again after an answer that was lost.
		const again = await sendTestMail(r.call, ada);
		const good = codeIn((await server.relay.mailTo(ada)).text);
		await confirmTestMail(r.call, again, good);
		server.clock.advance(180);
		await server.due();
		await confirmTestMail(r.call, again, good);
		expect(await reached(k)).toEqual([{ domain: 'northwind.example', inboxes: 1, by: [r.organizer.id] }]);
	});
});
