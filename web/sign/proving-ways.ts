/** What a letter's groups ask of whoever signs. Pure. */
import type { Group } from '../../shared/charter.ts';
import type { SignerRecord } from '../../shared/client/signer-record.ts';

/** Whether some group proves in this way. */
export const provesBy = (groups: Group[], proof: Group['proof']): boolean =>
	groups.some((group) => group.proof === proof);

/** Name of the group that is proven or asked for; before that, of the only one that proves by mail, or by the voucher that is at hand. Null while it cannot be told. */
export function groupOf(groups: Group[], record: SignerRecord | null): string | null {
	const { proved, asked, voucher } = record ?? {};
	const known = proved?.group ?? asked?.group;
	const likely = groups.filter((group) =>
		known ? group.id === known : group.proof === (voucher ? 'voucher' : 'mailbox'),
	);
	return likely.length === 1 ? (likely[0]?.name ?? null) : null;
}
