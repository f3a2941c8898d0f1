import { expect, test, vi } from 'vitest';
import { rsaPair } from '../../../server/credential/key-pair.ts';
import { freeze } from '../../../shared/client/drafting.ts';
import { startLetter, write } from '../../support/desk.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { startServer } from '../../support/server.ts';

// As it is, and counted.
vi.mock(import('../../../server/credential/key-pair.ts'), async (original) => {
	const real = await original();
	return { ...real, rsaPair: vi.fn(real.rsaPair) };
});

test('whoever asks for a freeze many times at once keeps nobody busy for longer than one who asks once', async () => {
	const server = await startServer();
	const [r, k] = await startLetter(server, 'R.', 'K.');
	const version = await write(server, r, { groups: wholeDraft(server.clock.now()).groups.slice(0, 1) });
	const prints = await Promise.all([r, k, r, k, r, k, r, k].map(({ call }) => freeze(call, version)));
	expect(new Set(prints).size).toBe(1);
	expect(rsaPair).toHaveBeenCalledTimes(1);
});
