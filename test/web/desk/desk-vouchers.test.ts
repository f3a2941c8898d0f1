import { expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import type { DeskView } from '../../../shared/api/desk.ts';
import { type Call, Refused, Unanswered } from '../../../shared/client/call.ts';
import { newVoucher, showVoucher } from '../../../shared/voucher.ts';
import { DeskVouchers } from '../../../web/desk/desk-vouchers.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, show, smallTargets } from './desk-stage.ts';

const ofPages = /^(landmark-one-main|page-has-heading-one):/;

async function stage() {
	const organizers = await OrganizerDesk.of({ organizers: 2, threshold: 2, signers: someSigners(2) });
	const group = organizers.letter.charter.groups.find((one) => one.proof === 'voucher');
	if (!group?.limit) throw new Error('The letter has no group with vouchers.');
	const [first, second] = organizers.letter.charter.organizers;
	const vouchers = [newVoucher(), newVoucher()].map(showVoucher);
	const batch = {
		batch: 'A'.repeat(22),
		group: group.id,
		count: 12,
		note: 'Night shift',
		revoked: false,
		revokedBy: null,
	};
	const voucherBatches: DeskView['voucherBatches'] = [
		{ ...batch, organizer: second?.id ?? '', usedAtLeast: 10 },
		{
			...{ ...batch, batch: 'B'.repeat(22), note: '', count: 3, organizer: first?.id ?? '' },
			...{ revoked: true, revokedBy: second?.id ?? '', usedAtLeast: 0 },
		},
	];
	const asked: string[] = [];
	let answer: () => unknown = () => ({ batch: `${'C'.repeat(21)}A`, vouchers });
	const call: Call = async (method, path) => {
		if (method === 'GET') return organizers.view(0, { voucherBatches });
		asked.push(`${method} ${path}`);
		return method === 'POST' ? answer() : null;
	};
	const desk = deskOf(organizers, call);
	desk.view = organizers.view(0, { voucherBatches });
	onTestFinished(() => desk.made.vouchers.forget());
	const element = new DeskVouchers();
	element.desk = desk;
	await show(element);
	const press = async (name: string) => {
		const words = (one: Element) => one.textContent?.replaceAll(/\s+/g, ' ').trim();
		const found = [...element.querySelectorAll('button')].find((one) => words(one) === name);
		if (!found) throw new Error(`no button ${name}`);
		found.click();
		await settled(element);
	};
	const refuse = (failure: Error) => {
		answer = () => {
			throw failure;
		};
	};
	return { element, desk, group, vouchers, asked, press, refuse, second };
}

/** Whether the browser would ask before it closes or reloads the page. */
const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

test('every organizer sees who made how many, how many were used about, and how many are left to make', async () => {
	const { element, second, group } = await stage();
	const rows = [...element.querySelectorAll('tbody tr')].map((row) => row.textContent?.replaceAll(/\s+/g, ' '));
	expect(rows[0]).toContain('Night shift');
	expect(rows[0]).toContain(second?.name);
	expect(rows[0]).toContain('at least 10');
	expect(rows[1]).toContain('fewer than 10');
	expect(rows[1]).toContain(`Revoked by ${second?.name}`);
	// What was revoked counts as well.
	const said = element.textContent?.replaceAll(/\s+/g, ' ');
	expect(said).toContain(`Left to make: ${(group.limit ?? 0) - 15} of ${group.limit} for ${group.name}.`);
	expect((await accessibilityFaults()).filter((one) => !ofPages.test(one))).toEqual([]);
});

test('a batch is revoked only after what that means was said', async () => {
	const { element, asked, press } = await stage();
	await press('Revoke the unused of Night shift');
	expect(asked).toEqual([]);
	expect(element.textContent).toContain('You are not told which were used');
	await press('Keep them');
	await press('Revoke the unused of Night shift');
	await press('Revoke the unused of “Night shift”');
	expect(asked).toEqual([`DELETE /api/desk/vouchers/${'A'.repeat(22)}`]);
});

test('vouchers just made stay over other pages of the desk, leaving asks first, and both end when they are hidden', async () => {
	const { element, desk, vouchers, press } = await stage();
	expect(asksBeforeLeaving()).toBe(false);
	await press('Make vouchers');
	const listed = () => [...document.querySelectorAll('.vouchers li')].map((one) => one.textContent);
	expect(listed()).toEqual(vouchers);
	expect(asksBeforeLeaving()).toBe(true);
	// With the margins that the desk has around it.
	const work = document.createElement('main');
	work.className = 'work';
	document.body.replaceChildren(work);
	work.append(element);
	await page.viewport(320, 800);
	expect(fitsItsWidth()).toBe(true);
	expect(smallTargets()).toEqual([]);

	const again = new DeskVouchers();
	again.desk = desk;
	await show(again);
	expect(listed()).toEqual(vouchers);
	await show(element);
	await press('I have them; hide them');
	expect(listed()).toEqual([]);
	expect(asksBeforeLeaving()).toBe(false);
});

test('what the server refuses is said, and no voucher is shown', async () => {
	const { element, refuse, press } = await stage();
	refuse(
		new Refused('voucher-limit', 409, 'The charter allows 50 vouchers for this group, and 2 of them are left to make.'),
	);
	await press('Make vouchers');
	expect(document.activeElement?.textContent).toContain('2 of them are left');
	expect(element.querySelector('.vouchers')).toBeNull();
	// The server may have made them before the connection broke.
	refuse(new Unanswered('No answer came.'));
	await press('Make vouchers');
	expect(document.activeElement?.textContent).toContain('whose vouchers you never saw, revoke it');
});
