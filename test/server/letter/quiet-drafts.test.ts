import { expect, test } from 'vitest';
import { readDesk } from '../../../shared/client/organizer.ts';
import { comeBack, refusal, startLetter, write } from '../../support/desk.ts';
import { everyRow } from '../../support/every-row.ts';
import { startServer } from '../../support/server.ts';

test('a draft that nobody has changed for 90 days is erased, and says so from its first day; a change begins it anew', async () => {
	const server = await startServer({ database: 'postgres' });
	const start = server.clock.now().getTime();
	const day = (n: number) => new Date(start + n * 86_400_000);
	const [r] = await startLetter(server, 'R. of the quiet draft');
	await server.due(day(0));
	expect((await readDesk(r.call)).letter.draftExpiresOn).toBe(day(90).toISOString().replace('.000Z', 'Z'));

	await server.due(day(89));
	await comeBack(r);
	await write(server, r, { title: 'Still at it' });
	await server.due(day(91));
	await comeBack(r);
	expect((await readDesk(r.call)).letter).toMatchObject({
		state: 'draft',
		draftExpiresOn: day(181).toISOString().replace('.000Z', 'Z'),
	});

	await server.due(day(181));
	expect(await refusal(readDesk(r.call))).toBe('401 not-signed-in');
	expect((await everyRow(server.deps.db)).join('\n')).not.toMatch(/quiet draft|Still at it/);
});
