import { describe, expect, test } from 'vitest';
import { approveCharter } from '../../../shared/client/deciding.ts';
import { freeze, goBackToWriting, restoreVersion, saveDraft } from '../../../shared/client/drafting.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
import { databaseKinds } from '../../support/databases.ts';
import { refusal, startLetter, write } from '../../support/desk.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { startServer } from '../../support/server.ts';

describe.each(databaseKinds)('a frozen letter (%s)', (database) => {
	test('is not thawed by what a browser saves by itself, nor does it lose an approval', async () => {
		const server = await startServer({ database });
		const [r, k] = await startLetter(server, 'R.', 'K.');
		const version = await write(server, r, { groups: wholeDraft(server.clock.now()).groups.slice(0, 1) });
		await freeze(r.call, version);
		await approveCharter(r.call, r.organizer, r.roots, await readDesk(r.call));
		const { draft, chain } = await readDesk(k.call);
		if (draft === null) throw new Error('There is no draft.');
		const typed = { ...draft.draft, advice: 'typed before the laptop slept' };
		expect(await refusal(saveDraft(k.call, version, typed))).toBe('409 draft-frozen');
		expect(await refusal(restoreVersion(k.call, version, 1))).toBe('409 draft-frozen');
		// An answer that was lost before: nothing is changed by it.
		expect(await saveDraft(r.call, version - 1, draft.draft)).toBe(version);
		expect(await readDesk(k.call)).toMatchObject({ draft, chain });

		const back = await goBackToWriting(k.call, version, draft.draft);
		expect((await readDesk(r.call)).chain).toBeNull();
		expect(await saveDraft(k.call, back, typed)).toBe(back + 1);
	});
});
