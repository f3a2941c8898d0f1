/** Addresses that a scheduled letter goes to: under the host secret, shown to its organizers, gone 30 days after the release. */
import type { DeliveryView } from '../../shared/api/delivery.ts';
import { fromUtf8, utf8 } from '../../shared/bytes.ts';
import { readCharter, standingText } from '../../shared/charter.ts';
import { type DeliveredLetter, readDeliveries } from '../../shared/delivery.ts';
import { Fault } from '../../shared/fault.ts';
import { deliveriesHash, type ReleaseContent } from '../../shared/release.ts';
import type { Db, Transaction } from '../database.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../platform/errors.ts';
import { id } from '../platform/random.ts';
import { askForTick } from '../tick-store.ts';
import { type DeliveryRow, forgetDeliveriesBefore, insertDeliveries, listDeliveries } from './delivery-store.ts';

const DELIVERY = 'delivery';
const KEPT_MS = 30 * 24 * 3_600_000;

/** What is sealed of each: everything that the mail says, so that nothing has to be read again at the minute. */
export interface SealedDelivery {
	to: string;
	letter: DeliveredLetter;
}

const contextOf = ({ id, letter }: Pick<DeliveryRow, 'id' | 'letter'>): string => JSON.stringify([letter, id]);

export const openDelivery = ({ secretBox }: Pick<Deps, 'secretBox'>, row: DeliveryRow): SealedDelivery =>
	JSON.parse(fromUtf8(secretBox.open(DELIVERY, contextOf(row), row.box)));

/** The addresses that come with a release are those that were approved. @throws Problem `release-invalid` */
export async function requireDeliveries(release: ReleaseContent, addresses: readonly string[]): Promise<void> {
	const refuse = (detail: string): never => {
		throw new Problem('release-invalid', { detail, field: 'deliveries' });
	};
	if ((await deliveriesHash(addresses)) !== release.terms.deliveries) {
		refuse('The addresses that it is delivered to are not the ones that were approved.');
	}
	try {
		readDeliveries(addresses);
	} catch (fault) {
		if (!(fault instanceof Fault)) throw fault;
		refuse(`${fault.message} No mail is sent to it.`);
	}
}

/** In the transaction that schedules the letter. @param release checked, and these addresses with it */
export async function sealDeliveries(
	{ secretBox }: Pick<Deps, 'secretBox'>,
	trx: Transaction,
	letter: string,
	{ chain, terms }: ReleaseContent,
	addresses: readonly string[],
): Promise<void> {
	const charter = readCharter(chain.charters.at(-1) ?? '');
	const { title, addressees } = await standingText(charter, chain.texts);
	const { slug, press, releaseAt: releasedAt } = terms;
	const delivered = { title, addressees, address: `${charter.origin}/letters/${slug}/`, press, releasedAt };
	const rows = addresses.map((to) => {
		const row = { id: id(), letter };
		const sealed: SealedDelivery = { to, letter: delivered };
		return { ...row, box: secretBox.seal(DELIVERY, contextOf(row), utf8(JSON.stringify(sealed))) };
	});
	await insertDeliveries(trx, letter, rows, new Date(releasedAt));
}

/** What the desk shows of a scheduled or released letter. */
export async function readDeliveriesDesk(
	deps: Pick<Deps, 'secretBox'>,
	db: Db,
	letter: string,
): Promise<DeliveryView[]> {
	const rows = await listDeliveries(db, letter);
	return rows.map((row) => ({ address: openDelivery(deps, row).to, state: row.state }));
}

/** Due: nobody needs them a month after the release. */
export async function forgetDeliveries({ db }: Deps, now: Date): Promise<void> {
	await db.transaction().execute(async (trx) => {
		if (await forgetDeliveriesBefore(trx, new Date(now.getTime() - KEPT_MS))) await askForTick(trx);
	});
}
