import { expect, test } from 'vitest';
import { newId, randomBytes } from '../../shared/bytes.ts';
import { organizerKeys } from '../../shared/keys.ts';
import { LIMITS } from '../../shared/limits.ts';
import { openTestName, sealTestName, testNameAnswer } from '../../shared/test-name.ts';
import { faultOf } from '../support/fault-of.ts';

test('a test name opens for the organizer to whom it was sealed, and for nobody else', async () => {
	const [mine, other] = [await organizerKeys(randomBytes(32)), await organizerKeys(randomBytes(32))];
	const whose = { letter: newId(), organizer: newId() };
	const { sealed, answer } = await sealTestName(whose, mine.sealingPublic);
	expect(sealed).toHaveLength(Math.ceil((LIMITS.testNameSealed * 4) / 3));
	const name = await openTestName(whose, mine.sealing, sealed);
	expect(await testNameAnswer(whose, name)).toBe(answer);
	const elsewhere = [
		{ ...whose, organizer: newId() },
		{ ...whose, letter: newId() },
	];
	expect(await faultOf(() => openTestName(whose, other.sealing, sealed))).toBe('sealed-unreadable');
	for (const other of elsewhere) {
		expect(await faultOf(() => openTestName(other, mine.sealing, sealed))).toBe('sealed-unreadable');
		expect(await testNameAnswer(other, name)).not.toBe(answer);
	}
	expect(await faultOf(() => openTestName(whose, mine.sealing, 'AAAA'))).toBe('sealed-unreadable');
});
