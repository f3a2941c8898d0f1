import { describe, expect, test } from 'vitest';
import { approve } from '../../../shared/approval.ts';
import {
	type FoundSignature,
	findSignature,
	strikeApprovers,
	strikeLate,
	takeStrikeBack,
} from '../../../shared/client/posting.ts';
import { type StrikeReason, strikeSubject } from '../../../shared/entry.ts';
import { readReleaseFile } from '../../../shared/release-file.ts';
import { databaseKinds } from '../../support/databases.ts';
import { refusal } from '../../support/desk.ts';
import { startServer } from '../../support/server.ts';
import { type Released, type ReleasedSeat, release } from '../press/released.ts';
import { placeInReview, REVIEW } from './in-review.ts';

const few = {
	signers: [
		{ name: 'Amara Okafor' },
		{ name: 'Żaneta Łęcka', title: 'Engineer' },
		{ name: 'Not Aperson' },
		...[{ label: 'Engineering' }, { label: 'Engineering' }],
	],
};

const signatures = async ({ file }: Released) => (await readReleaseFile((await file('release.json')) ?? '')).signatures;

/** The number under which a name stands. */
async function numberOf(letter: Released, name: string): Promise<number> {
	const all = await signatures(letter);
	const at = all.findIndex((one) => 'entry' in one && one.entry.display?.name === name);
	if (at === -1) throw new Error(`${name} is not on the letter.`);
	return at + 1;
}

async function find({ file }: Released, number: number): Promise<FoundSignature> {
	const found = await findSignature((await file('release.json')) ?? '', number);
	if (found === null) throw new Error(`There is no number ${number}.`);
	return found;
}

const strike = async (seat: ReleasedSeat, found: FoundSignature, reason: StrikeReason = 'not-a-person') =>
	strikeLate(seat.call, seat.organizer, await seat.standing(), found, reason);

/** What has made a stub of it. */
async function causeOf(letter: Released, { digest }: FoundSignature): Promise<'withdrawal' | 'strike' | null> {
	const found = (await signatures(letter)).find((one) => one.digest === digest);
	if (found === undefined || 'entry' in found) return null;
	return found.stub.withdrawal === null ? 'strike' : 'withdrawal';
}

/** Which signer stands behind an entry: by the order of `few`. */
const signerOf = (letter: Released, name: string) =>
	letter.review.letter.signers.findIndex(({ opened }) => opened.contents.display?.name === name);

describe.each(databaseKinds)('striking from a released letter (%s)', (database) => {
	test('with the second approval of two the name is gone from page and files, the number stays, and the recount holds', async () => {
		const letter = await release(database, few);
		const [r, k] = letter.seats;
		const before = await signatures(letter);
		const number = await numberOf(letter, 'Not Aperson');
		const found = await find(letter, number);
		expect(await strike(r, found)).toBe(false);
		// One alone achieves nothing, however often.
		expect(await strike(r, found)).toBe(false);
		await letter.rendered();
		expect(await letter.file('')).toContain('Not Aperson');
		const [waits] = (await k.view()).lateStrikes;
		expect(waits).toMatchObject({ number, digest: found.digest, reason: 'not-a-person', agreed: false });
		expect(waits && (await strikeApprovers(await k.standing(), waits))).toEqual([r.organizer.id]);
		expect(await strike(k, await find(letter, number))).toBe(true);
		await letter.rendered();
		const { files } = JSON.parse((await letter.file('files.json')) ?? '') as { files: { path: string }[] };
		expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['index.html', 'all.html', 'release.json']));
		for (const { path } of files) expect(await letter.file(path), path).not.toContain('Not Aperson');
		const { fault, counted } = await letter.recount();
		expect(fault).toBeNull();
		expect(counted).toMatchObject({ signatures: 5, struck: 1, withdrawn: 0 });
		expect((await signatures(letter)).map(({ digest }) => digest)).toEqual(before.map(({ digest }) => digest));
		// Sent again, it is the same.
		expect(await strike(k, found)).toBe(true);
		expect((await k.view()).lateStrikes).toHaveLength(1);
	});

	test('somebody anonymous can be struck too; another reason that waited is dropped', async () => {
		const letter = await release(database, few);
		const [r, k, l] = letter.seats;
		const at = (await signatures(letter)).findIndex(
			(one) => 'entry' in one && one.entry.statement.shown === 'anonymous',
		);
		const found = await find(letter, at + 1);
		await strike(r, found, 'twice');
		await strike(l, found, 'asked');
		expect(await strike(k, found, 'asked')).toBe(true);
		await letter.rendered();
		expect((await r.view()).lateStrikes.map(({ reason, agreed }) => [reason, agreed])).toEqual([['asked', true]]);
		expect(await refusal(strike(r, found, 'twice'))).toBe('404 signature-not-found number');
		const [struck] = (await signatures(letter)).flatMap((one) => ('stub' in one ? [one.stub] : []));
		expect(struck?.strike?.reason).toBe('asked');
		expect((await letter.recount()).fault).toBeNull();
	});

	test('an approval is taken back while it waits; what is struck stays struck', async () => {
		const letter = await release(database, few);
		const [r, k, l] = letter.seats;
		const found = await find(letter, 1);
		const which = async (seat: ReleasedSeat) => {
			const [one] = (await seat.view()).lateStrikes;
			if (one === undefined) throw new Error('Nothing waits.');
			return one;
		};
		await strike(r, found);
		const waits = await which(k);
		await takeStrikeBack(k.call, waits);
		expect((await which(l)).approvals).toHaveLength(1);
		await takeStrikeBack(r.call, waits);
		await takeStrikeBack(r.call, waits);
		expect((await k.view()).lateStrikes).toEqual([]);
		await strike(k, found);
		await strike(l, found);
		expect(await refusal(takeStrikeBack(l.call, waits))).toBe('409 wrong-state');
	});

	test('who is struck is told so by the server, which keeps nothing of it but the key; there is nothing left to withdraw', async () => {
		const letter = await release(database, few);
		const [r, k] = letter.seats;
		const found = await find(letter, await numberOf(letter, 'Not Aperson'));
		await strike(r, found);
		await strike(k, found);
		await letter.rendered();
		if (found.is === 'gone') throw new Error('It stands in the letter.');
		const { key } = found.entry.statement;
		const { db } = letter.server.deps;
		const row = await db.selectFrom('signatures').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
		const nothing = { statement: null, authenticator: null, attestation: null, sealed: null };
		expect(row).toMatchObject({ ...nothing, status: 'lapsed' });
		await expect(letter.review.withdraw(signerOf(letter, 'Not Aperson'))).rejects.toThrow('signature-lapsed');
		expect(await causeOf(letter, found)).toBe('strike');
		expect((await letter.recount()).fault).toBeNull();
	});

	test('who withdraws before enough approve a strike stays withdrawn, and is not struck any more', async () => {
		const letter = await release(database, few);
		const [r, k] = letter.seats;
		const found = await find(letter, await numberOf(letter, 'Amara Okafor'));
		await strike(r, found, 'asked');
		await letter.review.withdraw(signerOf(letter, 'Amara Okafor'));
		await letter.rendered();
		expect(await strike(k, found, 'asked')).toBe(true);
		await letter.rendered();
		expect(await causeOf(letter, found)).toBe('withdrawal');
		expect(await refusal(strike(r, await find(letter, found.number), 'twice'))).toBe('404 signature-not-found number');
		expect((await letter.recount()).fault).toBeNull();
	});
});

test('what stands under no number, under another one, or was signed with another key, is refused', async () => {
	const letter = await release('pglite', few);
	const [r, k] = letter.seats;
	const found = await find(letter, 2);
	expect(await refusal(strike(r, { ...found, number: 3 }))).toBe('404 signature-not-found number');
	expect(await refusal(strike(r, { ...found, number: 6 }))).toBe('404 signature-not-found number');
	expect(await refusal(strike(r, { ...found, digest: 'A'.repeat(43) }))).toBe('404 signature-not-found number');
	const { root } = letter.review.letter;
	const subject = await strikeSubject(found.digest, 'twice');
	const send = async (by: ReleasedSeat, kind: 'strike' | 'post', reason: StrikeReason = 'twice') => {
		const authenticator = await approve(by.organizer.secrets.approval, kind, root, subject);
		return refusal(
			r.call('POST', '/api/desk/late-strikes', { number: 2, digest: found.digest, reason, authenticator }),
		);
	};
	expect(await send(k, 'strike')).toBe('400 authenticator-refused authenticator');
	expect(await send(r, 'post')).toBe('400 authenticator-refused authenticator');
	expect(await send(r, 'strike', 'asked')).toBe('400 authenticator-refused authenticator');
	expect((await r.view()).lateStrikes).toEqual([]);
	for (const reason of ['not-a-person', 'not-this-person', 'twice', 'addressee', 'asked'] as const)
		await strike(r, found, reason);
	expect(await refusal(strike(r, found, 'other'))).toBe('409 waiting-limit');
});

test('before the release, strikes are agreed by approving it', async () => {
	const server = await startServer({ now: REVIEW });
	const review = await placeInReview(server, few);
	const body = { number: 1, digest: 'A'.repeat(43), reason: 'twice', authenticator: 'A'.repeat(86) };
	const refused = { status: 409, body: { code: 'wrong-state' } };
	expect(await review.ask(0, 'POST', '/api/desk/late-strikes', body)).toMatchObject(refused);
	expect(await review.ask(0, 'DELETE', `/api/desk/late-strikes/${body.digest}/twice`)).toMatchObject(refused);
});
