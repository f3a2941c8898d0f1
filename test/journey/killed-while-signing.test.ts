/**
 * The server is killed while people sign, at moments of a seed: before it has taken a request, while it works on it, right after its answer. It
 * starts again on the same data, and people press the same button once more. On both databases.
 */
import fc from 'fast-check';
import { describe, expect, inject, test, vi } from 'vitest';
import { httpCall } from '../../server/command/client/http-call.ts';
import { Organizers } from '../../server/command/client/organizers.ts';
import { Refused } from '../../shared/client/call.ts';
import { readInviteLink } from '../../shared/client/invite-link.ts';
import { memoryKeep } from '../../shared/client/keep.ts';
import { loginWithPasskey, readDesk } from '../../shared/client/organizer.ts';
import { Signer } from '../../shared/client/signer.ts';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { databaseKinds } from '../support/databases.ts';
import { hours, wholeDraft } from '../support/drafts.ts';
import { KilledServer, patiently } from '../support/killing.ts';
import type { SpawnedServer } from '../support/spawned-process.ts';
import { spawnServer } from '../support/spawned-server.ts';
import { worldOfSpawned } from '../support/spawned-world.ts';
import { codeIn } from '../support/world.ts';

const seed = inject('seed');
const rounds = inject('scale') === 'full' ? 12 : 2;
const NOW = new Date('2027-03-01T09:00:00Z');

const named = (name: string): Appearance => ({ shown: 'named', name, title: '', condition: null });
const anonymous: Appearance = { shown: 'anonymous', label: null, condition: null };

/** In each round two people sign at the same time, and the server is killed twice: at any of their eight requests, or of those sent again. */
const kills = fc.sample(
	fc.tuple(...[0, 1].map(() => fc.record({ request: fc.nat(7), after: fc.option(fc.nat(60)) }))),
	{ seed, numRuns: rounds },
);

describe.each(databaseKinds)('killed while people sign (%s)', (database) => {
	test(`nobody's signature is lost or counted twice, and no mailbox is spent for nothing (seed ${seed})`, async () => {
		const server = await spawnServer({ database, now: NOW });
		const world = worldOfSpawned(server, () => NOW);
		const organizers = await Organizers.start(world, 2, (now) => wholeDraft(now));
		const invite = await organizers.open();
		const vouchers = await organizers.vouchers(rounds);
		const killed = new KilledServer(server);
		const newSigner = async () => {
			const call = killed.through(httpCall(server.origin));
			const signer = new Signer({ call, keep: memoryKeep(), now: () => NOW });
			const at = readInviteLink(invite);
			await patiently(() => signer.open(at?.link ?? '', at?.root ?? null));
			return signer;
		};
		const byMailbox = async (address: string, appear: Appearance) => {
			const signer = await newSigner();
			await signer.appear(appear);
			await proveWithMail(server, killed, signer, address);
			await patiently(() => onceMore(signer, () => signer.sign()));
			return signer;
		};
		const byVoucher = async (voucher: string) => {
			const signer = await newSigner();
			await signer.appear(named('Vera Holder'));
			await patiently(() => onceMore(signer, () => signer.proveByVoucher(voucher)));
			await patiently(() => onceMore(signer, () => signer.sign()));
			return signer;
		};

		const signers: Signer[] = [];
		for (const [round, moments] of kills.entries()) {
			killed.plan(moments);
			const other =
				round % 2 === 0
					? byMailbox(`named.${round}@northwind.example`, named('Nora Named'))
					: byVoucher(vouchers[round] ?? '');
			const anon = byMailbox(`anon.${round}@northwind.example`, anonymous);
			signers.push(...(await Promise.all([other, anon])));
		}
		await killed.settled();
		expect(killed.lives).toBeGreaterThan(0);
		for (const signer of signers) {
			// Nothing is left to send, and sending it again changes nothing.
			expect(await signer.resume()).toBe(false);
			expect((await signer.own()).state).toBe('signed');
		}

		await organizers.decide('close');
		// After last call the desk has exact numbers.
		await server.setTime(new Date(NOW.getTime() + hours(25)));
		const { call, passkeys } = organizers.first;
		await loginWithPasskey(call, passkeys);
		const { counts, issued } = await readDesk(call);
		const byVouchers = Math.floor(rounds / 2);
		expect(counts).toEqual({ live: signers.length, withdrawnInLastCall: 0 });
		const sum = (of: 'mailbox' | 'voucher') => issued.reduce((all, group) => all + group[of], 0);
		expect([sum('mailbox'), sum('voucher')]).toEqual([signers.length - byVouchers, byVouchers]);
	});
});

/** What was on its way is sent once more, as it was; else the step begins. */
async function onceMore(signer: Signer, begin: () => Promise<void>): Promise<void> {
	if (!(await signer.resume())) await begin();
}

/** Whoever gets no mail since the server went down asks again; of several mails, one has the code that fits. */
async function proveWithMail(
	{ relay }: SpawnedServer,
	killed: KilledServer,
	signer: Signer,
	address: string,
): Promise<void> {
	const tried = new Set<string>();
	const fresh = () =>
		relay.mails
			.flatMap(({ to, text }) => (to.includes(address) ? [codeIn(text)] : []))
			.filter((code) => !tried.has(code));
	while (!(await signer.record()).proved) {
		await patiently(() => signer.askForCode(address));
		const life = killed.lives;
		await vi.waitUntil(() => fresh().length > 0 || killed.lives > life, { timeout: 30_000, interval: 20 });
		for (const code of fresh()) {
			tried.add(code);
			await patiently(() => onceMore(signer, () => signer.proveByCode(code))).catch((refused: unknown) => {
				if (!(refused instanceof Refused) || refused.code !== 'code-wrong') throw refused;
			});
			if ((await signer.record()).proved) return;
		}
	}
}
