import { type Kysely, sql } from 'kysely';
import type { Migrations } from '../../server/database.ts';

/** A migration after all others, which makes a table and changes another before `then`. */
export const halfWay = (then: (db: Kysely<unknown>) => Promise<void>): Migrations => ({
	'9999-half-way': {
		async up(db: Kysely<unknown>) {
			await sql`create table half_way (id text)`.execute(db);
			await sql`alter table letters add column half_way text not null default 'done'`.execute(db);
			await sql`update letters set state = 'abandoned'`.execute(db);
			await then(db);
		},
	},
});
