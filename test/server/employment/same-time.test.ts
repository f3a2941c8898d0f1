/**
 * How long the answer to "send me a code" takes says nothing of the mailbox: four kinds of address are asked for in turn, over HTTP, of a server in a process of its own with a real relay, and
 * their times are compared by rank (Mann and Whitney) and by median. With 800 of each, chance alone goes beyond these bounds about once in 200,000 runs; one question more to the database, or one row
 * less written, goes beyond them.
 */
import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { Organizers } from '../../../server/command/client/organizers.ts';
import { openInvite } from '../../../server/command/client/signing.ts';
import { loadKeys } from '../../../server/credential/keyring.ts';
import { openDatabase } from '../../../server/database.ts';
import { mailboxTag } from '../../../server/employment/mailbox-tag.ts';
import { Secret } from '../../../server/platform/secret.ts';
import { SecretBox } from '../../../server/platform/secret-box.ts';
import { randomBytes } from '../../../shared/bytes.ts';
import { newPlace } from '../../support/databases.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { endWithTest } from '../../support/server.ts';
import { environmentOn } from '../../support/server-environment.ts';
import { type SpawnedServer, spawnIn } from '../../support/spawned-process.ts';
import { worldOfSpawned } from '../../support/spawned-world.ts';

const NOW = new Date('2027-03-01T09:00:00Z');
const EACH = 800;
/** Of which nobody has heard; asked for once already; asked for so often that no further mail goes out; of people who have signed. */
const kinds = ['unknown', 'asked', 'full', 'signed'] as const;
type Kind = (typeof kinds)[number];
const addressOf = (kind: Kind, n: number) => `${kind}.${kind === 'full' ? n % 70 : n}@northwind.example`;

interface Open {
	server: SpawnedServer;
	letter: string;
}

/** An open letter that so many have signed already, as far as their mailboxes tell. */
async function openLetter(): Promise<Open> {
	const place = await newPlace('postgres');
	const environment = await environmentOn(place, { behindProxy: true });
	const server = await spawnIn(environment, NOW);
	endWithTest(server.stop);
	const world = worldOfSpawned(server, () => NOW);
	const organizers = await Organizers.start(world, 2, (now) => wholeDraft(now));
	const charter = (await openInvite(world, await organizers.open())).opened.standing?.charter;
	if (!charter) throw new Error('The letter is not open.');
	const secretBox = new SecretBox(new Secret(environment.variables.HOST_SECRET ?? ''));
	const keys = await loadKeys({ config: { keyring: environment.keyring }, secretBox }, charter.letter);
	if (!keys) throw new Error('The letter has no keys.');
	const { db, close } = await openDatabase(place);
	const row = { letter: charter.letter, group_id: charter.groups[0]?.id ?? '', proof: 'mailbox' as const };
	const signed = Array.from({ length: EACH }, (_, n) => ({
		...{ ...row, tag: mailboxTag(keys.tagKey, addressOf('signed', n)), request: randomBytes(32) },
	}));
	await db.insertInto('mailboxes').values(signed).execute();
	await close();
	return { server, letter: charter.letter };
}

/** One connection; each asks from an address of their own. @returns how long, in milliseconds */
function asker({ server: { origin }, letter }: Open) {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	endWithTest(async () => agent.destroy());
	let asked = 0;
	return (address: string): Promise<number> => {
		const peer = `10.0.${++asked >> 8}.${asked & 255}`;
		const headers = { origin, 'content-type': 'application/json', 'x-forwarded-for': peer };
		const body = JSON.stringify({ letter, address });
		return new Promise((resolve, reject) => {
			const began = performance.now();
			const asking = request(`${origin}/api/confirmations`, { method: 'POST', agent, headers }, (answer) => {
				answer.resume().once('end', () => {
					const took = performance.now() - began;
					if (answer.statusCode === 202) resolve(took);
					else reject(new Error(`answered ${answer.statusCode}`));
				});
			});
			asking.once('error', reject).end(body);
		});
	};
}

const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[of.length >> 1] ?? Number.NaN;

/** How often one of `a` takes longer than one of `b`: a half where there is no difference (Mann and Whitney's U over the number of pairs). */
const longer = (a: readonly number[], b: readonly number[]): number =>
	a.reduce((sum, x) => sum + b.reduce((won, y) => won + (x > y ? 1 : x === y ? 0.5 : 0), 0), 0) / (a.length * b.length);

test('"send me a code" takes as long for an address of which nobody has heard as for one that was asked for, or has signed', async () => {
	const open = await openLetter();
	const ask = asker(open);
	for (let n = 0; n < 3 * 70; n++) await ask(addressOf('full', n));
	// More mails than may wait are on their way otherwise.
	const mailed = async (kind: Kind, n: number) => {
		if (n % 100 === 99) await open.server.relay.mailTo(addressOf(kind, n));
	};
	for (let n = 0; n < EACH; n++) await ask(addressOf('asked', n)).then(() => mailed('asked', n));
	const took: Record<Kind, number[]> = { unknown: [], asked: [], full: [], signed: [] };
	// Drawn as a whole: what one ask leaves to be done after its answer falls on all kinds alike.
	const all = kinds.flatMap((kind) => Array<Kind>(EACH).fill(kind));
	const [order = []] = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), {
		seed: inject('seed'),
		numRuns: 1,
	});
	for (const kind of order) {
		const n = took[kind].length;
		took[kind].push(await ask(addressOf(kind, n)));
		if (kind === 'unknown') await mailed(kind, n);
	}
	for (const kind of kinds) {
		expect(took[kind], kind).toHaveLength(EACH);
		const often = longer(took[kind], took.unknown);
		expect(Math.abs(often - 0.5), `${kind} took longer in ${often} of all pairs`).toBeLessThan(0.07);
		const apart = median(took[kind]) - median(took.unknown);
		expect(Math.abs(apart) / median(took.unknown), `${kind} took ${apart} ms more`).toBeLessThan(0.2);
	}
}, 480_000);
