import { describe, expect, test } from 'vitest';
import { newId } from '../../../shared/bytes.ts';
import { checkChain } from '../../../shared/chain.ts';
import { makeLink, revokeLink } from '../../../shared/client/drafting.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { databaseKinds } from '../../support/databases.ts';
import { openLetter, refusal, startLetter } from '../../support/desk.ts';
import { startServer } from '../../support/server.ts';

describe.each(databaseKinds)('invite links (%s)', (database) => {
	test('lead to the letter, whose chain holds from the root; each can be revoked by itself', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		expect(await refusal(makeLink(r.call, 'too early'))).toBe('409 wrong-state');
		const { root } = await openLetter(server, [r, k]);
		const [one, two] = [await makeLink(r.call, 'first floor'), await makeLink(k.call, 'second floor')];
		expect((await readDesk(k.call)).links).toEqual([
			{ link: one, note: 'first floor', revoked: false, createdBy: r.organizer.id, revokedBy: null },
			{ link: two, note: 'second floor', revoked: false, createdBy: k.organizer.id, revokedBy: null },
		]);

		const view = await (await server.fetch(`/api/links/${one}`)).json();
		expect(view).toMatchObject({ letter: r.organizer.letter, state: 'open', atLeast: { signatures: 0, named: 0 } });
		expect((await checkChain(root, view.chain)).charter.organizers).toHaveLength(2);
		expect(JSON.stringify(view)).not.toContain('first floor');
		expect(await (await server.fetch(`/api/letters/${view.letter}`)).json()).toEqual(view);

		const [stranger] = await startLetter(server, 'S.');
		expect(await refusal(revokeLink(stranger.call, one))).toBe('404 not-found');
		await revokeLink(k.call, one);
		expect((await server.fetch(`/api/links/${one}`)).status).toBe(404);
		expect((await server.fetch(`/api/links/${two}`)).status).toBe(200);
		expect((await readDesk(r.call)).links[0]).toMatchObject({ link: one, revoked: true, revokedBy: k.organizer.id });
		// Revoked again by another: who ended it stays.
		await revokeLink(r.call, one);
		expect((await readDesk(r.call)).links[0]).toMatchObject({ createdBy: r.organizer.id, revokedBy: k.organizer.id });
	});

	test('whoever makes all the links that one organizer gets, and revokes everybody’s, keeps nobody else from making one', async () => {
		const server = await startServer({ database });
		const [r, mole] = await startLetter(server, 'R.', 'K.');
		await openLetter(server, [r, mole]);
		const ours = await makeLink(r.call, 'first floor');
		for (let made = 0; made < LIMITS.links; made++) await makeLink(mole.call, '');
		expect(await refusal(makeLink(mole.call, 'one more'))).toBe('429 too-many-requests');
		for (const { link } of (await readDesk(mole.call)).links) await revokeLink(mole.call, link);
		expect((await server.fetch(`/api/links/${ours}`)).status).toBe(404);

		const next = await makeLink(r.call, 'first floor again');
		expect((await server.fetch(`/api/links/${next}`)).status).toBe(200);
		const { links } = await readDesk(r.call);
		expect(links.find(({ link }) => link === ours)).toMatchObject({ revokedBy: mole.organizer.id });
	});

	test('links of before it was kept who made them are nobody’s, and count against nobody', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		await openLetter(server, [r, k]);
		const { letter } = r.organizer;
		const { db } = server.deps;
		const old = Array.from({ length: LIMITS.links }, () => ({ link: newId(), letter, note: '', created_by: null }));
		await db.insertInto('links').values(old).execute();
		await makeLink(r.call, 'first floor');
		const [one] = (await readDesk(k.call)).links;
		expect(one).toMatchObject({ createdBy: null, revokedBy: null });
	});

	test('once it is forgotten who made them, links are no more than all organizers together get; each that is revoked makes room', async () => {
		const server = await startServer({ database });
		const [r, mole] = await startLetter(server, 'R.', 'K.');
		await openLetter(server, [r, mole]);
		const { letter } = r.organizer;
		const nobodys = { letter, note: '', created_by: null };
		const made = Array.from({ length: 2 * LIMITS.links }, () => ({ link: newId(), ...nobodys }));
		await server.deps.db.insertInto('links').values(made).execute();
		expect(await refusal(makeLink(mole.call, 'for ever more'))).toBe('429 too-many-requests');
		await revokeLink(r.call, made[0]?.link ?? '');
		const next = await makeLink(r.call, 'first floor');
		expect((await server.fetch(`/api/links/${next}`)).status).toBe(200);
		expect(await refusal(makeLink(mole.call, 'one more'))).toBe('429 too-many-requests');
	});
});
