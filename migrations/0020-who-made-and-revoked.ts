import { type Kysely, sql } from 'kysely';

/** Who made an invite link counts against them alone, and who revoked one, or a batch of vouchers, is shown to all. Of those of before nobody knows. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table links add column created_by text, add column revoked_by text`.execute(db);
	await sql`alter table voucher_batches add column revoked_by text`.execute(db);
}
