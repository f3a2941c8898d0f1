/** What a letter's groups ask of whoever signs. Pure. */
import type { Group } from '../../shared/charter.ts';
import type { SignerRecord } from '../../shared/client/signer-record.ts';

/** Whether some group proves in this way. */
export const provesBy = (groups: Group[], proof: Group['proof']): boolean =>
	groups.some((group) => group.proof === proof);

/** Of which group somebody signs, as the letter prints it. `names`: the one that was proven or asked for; before that, each that it may be. `work`: people work at them, which a mailbox shows and a voucher does not. `told`: a letter of one group does not name it in each line. */
export type GroupShown = { names: readonly string[]; work: boolean; told: boolean };

export const UNKNOWN_GROUP: GroupShown = { names: [], work: true, told: false };

export function groupOf(groups: Group[], record: SignerRecord | null): GroupShown {
	const known = record?.proved?.group ?? record?.asked?.group;
	const possible = groups.filter(({ id }) => known === undefined || id === known);
	const work = possible.every(({ proof }) => proof === 'mailbox');
	return { names: possible.map(({ name }) => name), work, told: groups.length > 1 };
}
