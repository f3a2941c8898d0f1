import { describe, expect, test } from 'vitest';
import { httpCall } from '../../../server/command/client/http-call.ts';
import { setUpLine, setupInvitation, startInvitation } from '../../../server/organizer/invitation.ts';
import { lookAtInvitation } from '../../../shared/client/organizer.ts';
import { databaseKinds } from '../../support/databases.ts';
import { refusal, takeSeat } from '../../support/desk.ts';
import { startServer } from '../../support/server.ts';

describe.each(databaseKinds)('the set-up link (%s)', (database) => {
	test('is made anew by each start, ends the one before, and is not made once somebody organizes', async () => {
		const server = await startServer({ database });
		const call = httpCall(server.origin);
		const [line = ''] = await setUpLine(server.deps);
		const first = /\/desk#start=([A-Za-z0-9_-]{43})$/.exec(line)?.[1] ?? '';
		expect(await lookAtInvitation(call, first)).toEqual({ letter: null });
		const handedOut = await startInvitation(server.deps, 'command');

		const second = (await setupInvitation(server.deps)) ?? '';
		expect(await refusal(lookAtInvitation(call, first))).toBe('410 invitation-ended');
		await takeSeat(server, second, 'R.');
		expect(await setupInvitation(server.deps)).toBeNull();
		expect(await setUpLine(server.deps)).toEqual([]);
		// What the host handed out is another matter.
		expect(await lookAtInvitation(call, handedOut)).toEqual({ letter: null });
	});
});

describe('NEW_LETTERS', () => {
	test('anyone: whoever asks gets an invitation to start a letter', async () => {
		const server = await startServer({ newLetters: 'anyone' });
		const { invitation } = (await httpCall(server.origin)('POST', '/api/desk/start', {})) as { invitation: string };
		await takeSeat(server, invitation, 'R.');
	});

	test('invited: nobody does', async () => {
		const server = await startServer({ newLetters: 'invited' });
		const asking = httpCall(server.origin)('POST', '/api/desk/start', {});
		expect(await refusal(asking)).toBe('403 letters-by-invitation');
	});
});
