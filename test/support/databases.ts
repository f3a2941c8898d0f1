import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, inject, onTestFinished } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../server/database.ts';
import { Secret } from '../../server/platform/secret.ts';
import { postgresTemplate } from './databases-setup.ts';
import { type Cluster, copyDatabase } from './postgres.ts';

export type DatabaseKind = OpenDatabase['kind'];

export const databaseKinds: readonly DatabaseKind[] = ['pglite', 'postgres'];

export interface Place {
	databaseUrl: Secret | undefined;
	data: string;
	remove(): void;
}

let made = 0;

/** An empty, migrated database of one's own; the folder is also where the rest of a server's data goes. */
export async function newPlace(kind: DatabaseKind): Promise<Place> {
	const data = mkdtempSync(join(tmpdir(), 'undersigned-data-'));
	const remove = () => rmSync(data, { recursive: true, force: true });
	if (kind === 'pglite') {
		cpSync(inject('pgliteTemplate'), data, { recursive: true });
		return { databaseUrl: undefined, data, remove };
	}
	const url = await copyDatabase(
		inject('postgresUrl'),
		`test_${process.pid}_${randomBytes(4).toString('hex')}_${++made}`,
		postgresTemplate,
	);
	return { databaseUrl: new Secret(url), data, remove };
}

/** An empty database without tables, on a cluster of one's own. */
export async function placeOn(cluster: Cluster): Promise<Place> {
	const data = mkdtempSync(join(tmpdir(), 'undersigned-data-'));
	const databaseUrl = new Secret(await copyDatabase(cluster.url, 'letters'));
	return { databaseUrl, data, remove: () => rmSync(data, { recursive: true, force: true }) };
}

/** The same tests on the embedded database and on PostgreSQL; `open()` gives a fresh one that ends with its test. */
export function onEachDatabase(
	title: string,
	tests: (open: () => Promise<OpenDatabase>, kind: DatabaseKind) => void,
): void {
	describe.each(databaseKinds)(`${title} (%s)`, (kind) => {
		tests(async () => {
			const place = await newPlace(kind);
			const database = await openDatabase(place);
			onTestFinished(async () => {
				await database.close();
				place.remove();
			});
			return database;
		}, kind);
	});
}
