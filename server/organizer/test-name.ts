/**
 * Sealed test names: whether each organizer's keys open what is sealed to them, tried before a letter depends on it. They are sealed and opened in browsers;
 * the server compares hashes. Proven by test/server/organizer/test-name.test.ts.
 */
import { fromB64u } from '../../shared/bytes.ts';
import { type SealedTestName, testNameAnswer } from '../../shared/test-name.ts';
import type { Deps } from '../deps.ts';
import { lockLetter } from '../letter/letter-store.ts';
import { requireState } from '../letter/transitions.ts';
import { Problem } from '../platform/errors.ts';
import { same } from '../platform/same-bytes.ts';
import { listOrganizers, type Organizer } from './organizer-store.ts';
import { listTestNames, putTestName, setOpened } from './test-name-store.ts';

/** Any organizer seals to any of them; what somebody has opened already stays. @throws Problem `wrong-recipients`, `wrong-state` */
export async function sealTestNames(deps: Deps, by: Organizer, names: readonly SealedTestName[]): Promise<void> {
	await deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'draft');
		const there = new Set((await listOrganizers(trx, by.letter)).map(({ id }) => id));
		for (const { organizer, sealed, answer } of names) {
			// Also the second of two for one organizer.
			if (!there.delete(organizer)) throw new Problem('wrong-recipients');
			await putTestName(trx, by.letter, { organizer, sealer: by.id, sealed, answer: fromB64u(answer, 32) });
		}
	});
}

/** @param name b64u, as this organizer's browser opened it. @throws Problem `not-found`, `test-name-wrong`, `wrong-state` */
export async function openedTestName(deps: Deps, by: Organizer, name: string): Promise<void> {
	const answer = await testNameAnswer({ letter: by.letter, organizer: by.id }, name);
	await deps.db.transaction().execute(async (trx) => {
		requireState(await lockLetter(trx, by.letter), 'draft');
		const own = (await listTestNames(trx, by.letter)).find(({ organizer }) => organizer === by.id);
		if (!own) throw new Problem('not-found');
		if (!same(fromB64u(answer, 32), own.answer)) throw new Problem('test-name-wrong');
		await setOpened(trx, by.id);
	});
}
