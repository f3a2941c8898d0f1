import { describe, expect, test } from 'vitest';
import { checkChain } from '../../../shared/chain.ts';
import { makeLink, revokeLink } from '../../../shared/client/drafting.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
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
			{ link: one, note: 'first floor', revoked: false },
			{ link: two, note: 'second floor', revoked: false },
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
		expect((await readDesk(r.call)).links[0]).toMatchObject({ link: one, revoked: true });
	});
});
