import { expect, test } from 'vitest';
import { askForTick, findLastTick, type LastTick, setLastTick } from '../../server/tick-store.ts';
import { startServer } from '../support/server.ts';
import { waitingForLock } from '../support/waiting.ts';

test('who asks for a tick while one is being put down is not forgotten', async () => {
	const server = await startServer({ database: 'postgres' });
	const { db } = server.deps;
	const asked = () => db.selectFrom('ticks').select('asked').execute();
	const put = (last: LastTick) => db.transaction().execute((trx) => setLastTick(trx, server.clock.now(), last));
	await db.transaction().execute(askForTick);
	const last = await db.transaction().execute(findLastTick);
	const putting = await db.transaction().execute(async (trx) => {
		await askForTick(trx);
		const done = put(last);
		await waitingForLock(db);
		return { done };
	});
	await putting.done;
	expect(await asked()).toEqual([{ asked: true }]);
	await put(await db.transaction().execute(findLastTick));
	expect(await asked()).toEqual([{ asked: false }]);
});
