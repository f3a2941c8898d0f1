import { describe, expect, test } from 'vitest';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { Refused, Unanswered } from '../../../shared/client/call.ts';
import {
	approveCharter,
	keepRoot,
	keptRoot,
	readFrozen,
	requireStanding,
	rootsInMemory,
} from '../../../shared/client/deciding.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';

describe('the root of the letter that an organizer approves', () => {
	const frozen = async () => {
		const desk = await OrganizerDesk.of({ organizers: 2, signers: [] });
		return { organizer: desk.organizer(0), roots: rootsInMemory(), view: desk.view(0), root: desk.standing.root };
	};

	test('is kept also where the answer to the approval is lost', async () => {
		const { organizer, roots, view, root } = await frozen();
		const losing = () => Promise.reject(new Unanswered('No answer came.'));
		await expect(approveCharter(losing, organizer, roots, view)).rejects.toThrow(Unanswered);
		expect(await keptRoot(organizer, roots)).toBe(root);
	});

	test('is not kept of one that the server refuses: what was kept before stays', async () => {
		const { organizer, roots, view } = await frozen();
		const refusing = () => Promise.reject(new Refused('charter-changed', 409, 'Changed.'));
		await expect(approveCharter(refusing, organizer, roots, view)).rejects.toThrow(Refused);
		expect(await keptRoot(organizer, roots)).toBeNull();
		const before = b64u(randomBytes(32));
		await keepRoot(organizer, roots, before);
		await expect(approveCharter(refusing, organizer, roots, view)).rejects.toThrow(Refused);
		expect(await keptRoot(organizer, roots)).toBe(before);
	});
});

describe('the root that an organizer approved', () => {
	test('is found again, and the chain is walked from it', async () => {
		const desk = await OrganizerDesk.of({ organizers: 2, signers: [], amendments: 1 });
		const roots = rootsInMemory();
		expect(await keptRoot(desk.organizer(0), roots)).toBeNull();
		await expect(requireStanding(desk.organizer(0), roots, desk.view(0))).rejects.toMatchObject({ code: 'chain-root' });
		await keepRoot(desk.organizer(0), roots, desk.standing.root);
		const standing = await requireStanding(desk.organizer(0), roots, desk.view(0));
		expect(standing.fingerprint).toBe(desk.letter.fingerprint);
	});

	test('cannot be put there by somebody without the seed, nor by another organizer', async () => {
		const desk = await OrganizerDesk.of({ organizers: 2, signers: [] });
		const roots = rootsInMemory();
		const { letter } = desk.organizer(0);
		await keepRoot(desk.organizer(1), roots, desk.standing.root);
		await expect(keptRoot(desk.organizer(0), roots)).rejects.toMatchObject({ code: 'chain-root' });
		for (const kept of ['', 'nonsense', `${desk.standing.root}.${b64u(randomBytes(32))}`]) {
			roots.write(letter, kept);
			await expect(keptRoot(desk.organizer(0), roots)).rejects.toMatchObject({ code: 'chain-root' });
		}
	});

	test('stops an approval when the server shows another letter, or other keys for oneself', async () => {
		const [desk, other] = await Promise.all(
			['one', 'two'].map((seed) => OrganizerDesk.of({ organizers: 2, signers: [], seed })),
		);
		if (!desk || !other) throw new Error('Two letters are needed.');
		const roots = rootsInMemory();
		await keepRoot(desk.organizer(0), roots, desk.standing.root);
		const swapped = desk.view(0, { chain: other.letter.chain });
		await expect(requireStanding(desk.organizer(0), roots, swapped)).rejects.toMatchObject({ code: 'chain-root' });
		const asAnother = { ...desk.organizer(0), secrets: other.organizer(0).secrets };
		const own = rootsInMemory();
		await keepRoot(asAnother, own, desk.standing.root);
		await expect(requireStanding(asAnother, own, desk.view(0))).rejects.toMatchObject({ code: 'chain-changed' });
	});

	test('a frozen charter whose text was exchanged is not shown for approval', async () => {
		const desk = await OrganizerDesk.of({ organizers: 2, signers: [] });
		const { chain } = desk.letter;
		expect((await readFrozen(desk.view(0))).root).toBe(desk.standing.root);
		const texts = [(chain.texts[0] ?? '').replace('"title":"', '"title":"Not ')];
		await expect(readFrozen(desk.view(0, { chain: { ...chain, texts } }))).rejects.toMatchObject({
			code: 'chain-text',
		});
	});
});
