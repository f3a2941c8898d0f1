import { vValidator } from '@hono/valibot-validator';
import { Hono } from 'hono';
import * as v from 'valibot';
import { voucherBatchRequest } from '../../shared/api/desk.ts';
import { id } from '../../shared/api/shapes.ts';
import { voucherLookRequest, voucherRequest } from '../../shared/api/signing.ts';
import { spending } from '../allowance-api.ts';
import type { Deps, Env } from '../deps.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { refuseInvalid } from '../platform/errors.ts';
import { lookAtVoucher, makeVouchers, redeemVoucher, revokeVouchers } from './voucher.ts';

/** Proving with a voucher or a roster code. Both routes share one allowance, so that looking is no way to guess more. */
export function voucherApi(deps: Deps) {
	const spendingVoucher = spending(deps, 'voucher', { burst: 30, perMinute: 5 });
	return new Hono<Env>()
		.post('/api/vouchers/look', spendingVoucher, vValidator('json', voucherLookRequest, refuseInvalid), async (c) => {
			const { letter, voucher } = c.req.valid('json');
			return c.json({ group: await lookAtVoucher(deps, letter, voucher) });
		})
		.post('/api/vouchers', spendingVoucher, vValidator('json', voucherRequest, refuseInvalid), async (c) => {
			const { letter, voucher, request } = c.req.valid('json');
			return c.json(await redeemVoucher(deps, letter, voucher, request));
		});
}

/** Handing vouchers out. Every batch shows on the desk of every organizer. */
export const voucherDeskApi = (deps: Deps) =>
	new Hono<OrganizerEnv>()
		.post(
			'/api/desk/vouchers',
			requireOrganizer(deps),
			vValidator('json', voucherBatchRequest, refuseInvalid),
			async (c) => {
				const { id: organizer, letter } = c.var.organizer;
				return c.json(await makeVouchers(deps, { letter, organizer, ...c.req.valid('json') }));
			},
		)
		.delete(
			'/api/desk/vouchers/:batch',
			requireOrganizer(deps),
			vValidator('param', v.strictObject({ batch: id }), refuseInvalid),
			async (c) => {
				await revokeVouchers(deps, c.var.organizer, c.req.valid('param').batch);
				return c.body(null, 204);
			},
		);
