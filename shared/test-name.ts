/**
 * A sealed test name: 32 random bytes, sealed to an organizer as shares of real names are. Whoever opens it has the keys that the letter will depend
 * on, before anything does (docs/protocol.md, section 3). HPKE, info "undersigned/test-name/1". Proven by test/shared/test-name.test.ts.
 */
import { type Bytes, b64u, frame, fromB64u, hash, randomBytes, utf8 } from './bytes.ts';
import { Fault } from './fault.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import { LIMITS } from './limits.ts';

const INFO = 'undersigned/test-name/1';

export type TestNameFor = { letter: string; organizer: string };
/** `answer`: what the server compares with the hash of what is opened; it says nothing of the name. */
export type SealedTestName = { organizer: string; sealed: string; answer: string };

/** @param sealing the organizer's X25519 key, raw, b64u */
export async function sealTestName(whose: TestNameFor, sealing: string): Promise<SealedTestName> {
	const name = randomBytes(LIMITS.testName);
	return {
		organizer: whose.organizer,
		sealed: await hpkeSeal(sealing, name, INFO, bound(whose)),
		answer: await testNameAnswer(whose, b64u(name)),
	};
}

/** @returns the name, b64u. @throws Fault `sealed-unreadable` */
export async function openTestName(whose: TestNameFor, sealing: CryptoKey, sealed: string): Promise<string> {
	const name = await hpkeOpen(sealing, sealed, INFO, bound(whose)).catch(() => null);
	if (name?.length !== LIMITS.testName) {
		throw new Fault('sealed-unreadable', 'test name', 'Your keys do not open the test name that was sealed to you.');
	}
	return b64u(name);
}

/** H("undersigned/test-name-answer/1", letter, organizer, name), b64u. @param name b64u of 32 bytes */
export async function testNameAnswer({ letter, organizer }: TestNameFor, name: string): Promise<string> {
	const parts = [utf8(letter), utf8(organizer), fromB64u(name, LIMITS.testName)];
	return b64u(await hash('undersigned/test-name-answer/1', ...parts));
}

const bound = ({ letter, organizer }: TestNameFor): Bytes =>
	frame('undersigned/test-name/1', utf8(letter), utf8(organizer));
