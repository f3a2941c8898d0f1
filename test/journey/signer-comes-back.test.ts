/**
 * Connections that drop, tabs that close, mail opened elsewhere, words on another device, a change of mind: a signer's client over HTTP
 * against a real server. On both databases.
 */
import { describe, expect, test } from 'vitest';
import { httpCall } from '../../server/command/client/http-call.ts';
import { type Call, Refused, Unanswered } from '../../shared/client/call.ts';
import { type Keep, memoryKeep } from '../../shared/client/keep.ts';
import { Signer } from '../../shared/client/signer.ts';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { Fault } from '../../shared/fault.ts';
import { databaseKinds } from '../support/databases.ts';
import { type OpenLetter, openLetter } from '../support/open-letter.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { codeIn, linkIn } from '../support/world.ts';

const amara: Appearance = { shown: 'named', name: 'Amara Okafor', title: 'Engineer', condition: null };
const nobody: Appearance = { shown: 'anonymous', label: 'Engineer', condition: null };

/** Requests arrive, but the answer to the next POST on `path` is lost. */
function droppingCall(origin: string): {
	call: Call;
	drop(path: string): void;
	sent: { path: string; body: string }[];
} {
	const through = httpCall(origin);
	const sent: { path: string; body: string }[] = [];
	let lost: string | null = null;
	return {
		sent,
		drop: (path) => {
			lost = path;
		},
		async call(method, path, body) {
			sent.push({ path, body: JSON.stringify(body) });
			const answer = await through(method, path, body);
			if (path !== lost) return answer;
			lost = null;
			throw new Unanswered('The connection dropped.');
		},
	};
}

async function openWith(letter: OpenLetter, server: TestServer, call: Call, keep: Keep): Promise<Signer> {
	const link = (await (await letter.signer()).record()).link ?? '';
	const signer = new Signer({ call, keep, now: () => server.clock.now() });
	await signer.open(link, letter.root);
	return signer;
}

async function codeFor(server: TestServer, signer: Signer, address: string): Promise<string> {
	const mail = server.relay.mailTo(address);
	await signer.askForCode(address);
	return codeIn((await mail).text);
}

describe.each(databaseKinds)('a signer (%s)', (database) => {
	test('loses nothing when each answer is lost and the tab is closed after it', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const keep = memoryKeep();
		const wire = droppingCall(server.origin);
		const tab = () => openWith(letter, server, wire.call, keep);

		let signer = await tab();
		await signer.appear(amara);
		const code = await codeFor(server, signer, 'a.okafor@northwind.example');

		wire.drop('/api/proofs');
		await expect(signer.proveByCode(code)).rejects.toBeInstanceOf(Unanswered);
		signer = await tab();
		expect(await signer.resume()).toBe(true);
		expect(await signer.needsProof()).toBe(false);

		wire.drop('/api/signatures');
		await expect(signer.sign()).rejects.toBeInstanceOf(Unanswered);
		signer = await tab();
		expect(await signer.resume()).toBe(true);
		expect(await signer.own()).toEqual({ state: 'signed', shown: 'named', current: true });

		for (const path of ['/api/proofs', '/api/signatures']) {
			const bodies = wire.sent.filter((one) => one.path === path).map((one) => one.body);
			expect(bodies).toHaveLength(2);
			expect(bodies[0]).toBe(bodies[1]);
		}
		expect(await signer.resume()).toBe(false);
	});

	test('goes on from a mail that is opened in another browser, which has the invite link', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const began = await letter.signer();
		await began.appear(amara);
		const mail = server.relay.mailTo('a.okafor@northwind.example');
		await began.askForCode('A.Okafor+letters@northwind.example');
		const secret = linkIn((await mail).text);

		const stranger = new Signer({ call: httpCall(server.origin), keep: memoryKeep(), now: () => server.clock.now() });
		const { letter: id } = await stranger.follow(secret);
		await expect(stranger.openLetter(id)).rejects.toThrow('The link is not whole.');

		const here = await letter.signer();
		await here.appear(amara);
		const missing = await here.proveByLink(secret).catch((problem: unknown) => problem);
		expect(missing).toBeInstanceOf(Fault);
		const other = await here.proveByLink(secret, 'b.other@northwind.example').catch((problem: unknown) => problem);
		expect(other instanceof Refused && other.code).toBe('address-differs');
		await here.proveByLink(secret, 'a.okafor@northwind.example');
		await here.sign();
		expect(await here.own()).toEqual({ state: 'signed', shown: 'named', current: true });
	});

	test('takes a name off with the words on another device, and signs again', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const signer = await letter.signer();
		await signer.appear(nobody);
		await signer.proveByCode(await codeFor(server, signer, 'a.okafor@northwind.example'));
		await signer.sign();
		expect((await signer.record()).address).toBeNull();
		const words = (await signer.words())?.join(' ') ?? '';

		const elsewhere = await letter.signer();
		expect(await elsewhere.own()).toEqual({ state: 'none' });
		expect(await elsewhere.useWords(words)).toEqual({ state: 'signed', shown: 'anonymous', current: true });
		await elsewhere.withdraw();
		expect(await elsewhere.own()).toEqual({ state: 'withdrawn', shown: null, current: false });
		await elsewhere.withdraw();

		// A third device, which never saw the signature itself.
		const third = await letter.signer();
		await third.useWords(words);
		await third.appear(nobody);
		expect(await third.needsProof()).toBe(false);
		await third.sign();
		expect(await signer.own()).toEqual({ state: 'signed', shown: 'anonymous', current: true });
	});

	test('whose device shows another day still sees where the signature stands, and takes it off', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const keep = memoryKeep();
		const signer = await openWith(letter, server, httpCall(server.origin), keep);
		await signer.appear(nobody);
		await signer.proveByCode(await codeFor(server, signer, 'late@northwind.example'));
		await signer.sign();
		const { link } = await signer.record();
		const days = (count: number) => new Date(server.clock.now().getTime() + count * 24 * 3_600_000);
		for (const now of [days(-400), days(5)]) {
			const again = new Signer({ call: httpCall(server.origin), keep, now: () => now });
			await again.open(link ?? '', letter.root);
			expect((await again.own()).state).toBe('signed');
		}
		const again = new Signer({ call: httpCall(server.origin), keep, now: () => days(5) });
		await again.open(link ?? '', letter.root);
		await again.withdraw();
		expect((await again.own()).state).toBe('withdrawn');
	});

	test('goes from anonymous to named with a fresh proof of the same mailbox, and of no other', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const signer = await letter.signer();
		await signer.appear(nobody);
		await signer.proveByCode(await codeFor(server, signer, 'a.okafor@northwind.example'));
		await signer.sign();

		await signer.appear(amara);
		expect(await signer.needsProof()).toBe(true);
		const wrong = await codeFor(server, signer, 'somebody.else@northwind.example');
		const refused = await signer.proveByCode(wrong).catch((problem: unknown) => problem);
		expect(refused instanceof Refused && refused.code).toBe('mailbox-not-proved');
		await signer.proveByCode(await codeFor(server, signer, 'a.okafor@northwind.example'));
		await signer.sign();
		expect(await signer.own()).toEqual({ state: 'signed', shown: 'named', current: true });
	});

	test('signs by name with a voucher, once, also when its answer is lost', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const asked = { group: letter.contractors.id, count: 1, note: 'for Ngozi' };
		const made = await server.send('/api/desk/vouchers', asked, { headers: { cookie: await letter.cookie() } });
		const { vouchers } = (await made.json()) as { vouchers: string[] };
		const voucher = vouchers[0] ?? '';

		const keep = memoryKeep();
		const wire = droppingCall(server.origin);
		const signer = await openWith(letter, server, wire.call, keep);
		await signer.appear({ shown: 'named', name: 'Ngozi Eze', title: '', condition: null });
		wire.drop('/api/vouchers');
		await expect(signer.proveByVoucher(voucher)).rejects.toBeInstanceOf(Unanswered);
		// Typed once more, in another spelling.
		await signer.proveByVoucher(voucher.toLowerCase().replaceAll('-', ' '));
		await signer.sign();
		expect(await signer.own()).toEqual({ state: 'signed', shown: 'named', current: true });

		const second = await letter.signer();
		await second.appear(nobody);
		const refused = await second.proveByVoucher(voucher).catch((problem: unknown) => problem);
		expect(refused instanceof Refused && refused.code).toBe('already-used');
		const typo = await second.proveByVoucher(`${voucher.slice(0, -1)}*`).catch((problem: unknown) => problem);
		expect(typo instanceof Fault && typo.code).toBe('voucher-format');
	});

	test('is told that the text was changed, and signs the new one without proving again', async () => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const keep = memoryKeep();
		const signer = await openWith(letter, server, httpCall(server.origin), keep);
		await signer.appear(amara);
		await signer.proveByCode(await codeFor(server, signer, 'a.okafor@northwind.example'));
		await letter.amend('Nobody should be called between nine and seven.');
		const refused = await signer.sign().catch((problem: unknown) => problem);
		expect(refused instanceof Refused && refused.code).toBe('text-changed');

		const again = await openWith(letter, server, httpCall(server.origin), keep);
		expect(await again.needsProof()).toBe(false);
		await again.sign();
		await letter.amend('Nobody should be called between eight and eight.');
		const later = await openWith(letter, server, httpCall(server.origin), keep);
		expect(await later.own()).toEqual({ state: 'signed', shown: 'named', current: false });
	});
});
