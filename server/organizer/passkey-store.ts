import type { Db } from '../database.ts';
import type { Organizer } from './organizer-store.ts';

export interface Passkey {
	/** The credential id of WebAuthn, base64url. */
	id: string;
	organizer: string;
	/** COSE. */
	publicKey: Uint8Array;
	counter: number;
	transports: string[];
}

export interface PasskeyOfOrganizer extends Passkey {
	wrappedSeed: string | null;
	owner: Organizer;
}

export async function insertPasskey(db: Db, passkey: Passkey): Promise<void> {
	const { id, organizer, publicKey, counter, transports } = passkey;
	const values = { id, organizer, public_key: publicKey, counter, transports: JSON.stringify(transports) };
	await db
		.insertInto('passkeys')
		.values({ ...values, wrapped_seed: null })
		.execute();
}

export async function findPasskey(db: Db, id: string): Promise<PasskeyOfOrganizer | undefined> {
	const row = await db
		.selectFrom('passkeys')
		.innerJoin('organizers', 'organizers.id', 'passkeys.organizer')
		.select(['passkeys.id', 'public_key as publicKey', 'counter', 'transports', 'wrapped_seed as wrappedSeed'])
		.select(['organizers.id as organizer', 'letter', 'name', 'key', 'sealing'])
		.where('passkeys.id', '=', id)
		.executeTakeFirst();
	if (!row) return undefined;
	const { letter, name, key, sealing, organizer, ...passkey } = row;
	const owner = { id: organizer, letter, name, key, sealing };
	return { ...passkey, organizer, transports: JSON.parse(row.transports), owner };
}

export async function listPasskeyIds(db: Db, organizer: string): Promise<string[]> {
	const rows = await db.selectFrom('passkeys').select('id').where('organizer', '=', organizer).execute();
	return rows.map(({ id }) => id);
}

export async function setCounter(db: Db, id: string, counter: number): Promise<void> {
	await db.updateTable('passkeys').set({ counter }).where('id', '=', id).execute();
}

/** @returns whether the organizer has this passkey */
export async function keepWrappedSeed(db: Db, organizer: string, id: string, wrapped: string): Promise<boolean> {
	const kept = await db
		.updateTable('passkeys')
		.set({ wrapped_seed: wrapped })
		.where('id', '=', id)
		.where('organizer', '=', organizer)
		.executeTakeFirst();
	return kept.numUpdatedRows === 1n;
}
