import { expect, test } from 'vitest';
import { startServer } from '../support/server.ts';

/** Where what may be asked depends on nothing in the body: how many come at once. */
const AT_ONCE = {
	'/api/confirmations': 20,
	'/api/confirmations/work': 20,
	'/api/confirmations/follow': 30,
	'/api/proofs': 30,
	'/api/vouchers/look': 30,
	'/api/vouchers': 30,
	'/api/signatures': 30,
	'/api/withdrawals': 30,
	'/api/signatures/own': 60,
	'/api/lost-words': 5,
	'/api/desk/login/options': 30,
	'/api/desk/login': 30,
	'/api/desk/login/words/options': 30,
	'/api/desk/login/words': 30,
	'/api/desk/invitations/look': 30,
	'/api/desk/enrol/options': 30,
	'/api/desk/enrol': 30,
} as const;

test('a body that does not fit costs as much as one that does', async () => {
	const server = await startServer();
	for (const [path, atOnce] of Object.entries(AT_ONCE)) {
		const statuses: number[] = [];
		for (let n = 0; n < atOnce + 2; n++) statuses.push((await server.send(path, { nothing: 'of this' })).status);
		expect([path, statuses]).toEqual([path, [...Array<number>(atOnce).fill(400), 429, 429]]);
		// Some share one.
		server.clock.advance(60);
	}
});
