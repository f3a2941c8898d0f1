import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildIfStale } from '../../server/command/build.ts';
import { openDatabase } from '../../server/database.ts';
import { openJobs } from '../../server/platform/jobs.ts';
import { Secret } from '../../server/platform/secret.ts';
import { copyDatabase, startCluster } from './postgres.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** The throwaway cluster's maintenance database. */
		postgresUrl: string;
		/** A data folder with a migrated, empty embedded database, to be copied. */
		pgliteTemplate: string;
	}
}

/** The database in the cluster that every test's own is a copy of. */
export const postgresTemplate = 'undersigned_template';

interface Ground {
	postgresUrl: string;
	pgliteTemplate: string;
	remove(): Promise<void>;
}

/** Vitest loads this file anew for each project, in one process: they share one ground, and the last to end removes it. */
const run = globalThis as { undersignedGround?: { made: Promise<Ground>; users: number } | undefined };

/** Vitest's global setup: what all test files of a project start from, so that none has to wait for it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
	run.undersignedGround ??= { made: makeGround(), users: 0 };
	const shared = run.undersignedGround;
	shared.users++;
	const { postgresUrl, pgliteTemplate, remove } = await shared.made;
	project.provide('postgresUrl', postgresUrl);
	project.provide('pgliteTemplate', pgliteTemplate);
	return async () => {
		if (--shared.users > 0) return;
		run.undersignedGround = undefined;
		await remove();
	};
}

async function makeGround(): Promise<Ground> {
	try {
		buildIfStale();
	} catch {
		// Tests of the api do without pages; those that open one fail, and the build itself is a step of `npm test`.
		console.error('web/ does not build: tests that open its pages will fail');
	}
	const pgliteTemplate = mkdtempSync(join(tmpdir(), 'undersigned-pglite-'));
	const cluster = await startCluster();
	const url = await copyDatabase(cluster.url, postgresTemplate);
	await prepare({ databaseUrl: new Secret(url), data: pgliteTemplate });
	await prepare({ databaseUrl: undefined, data: pgliteTemplate });
	return {
		postgresUrl: cluster.url,
		pgliteTemplate,
		async remove() {
			await cluster.stop();
			rmSync(pgliteTemplate, { recursive: true, force: true });
		},
	};
}

/** Runs the migrations and installs the job queue. */
async function prepare(where: { databaseUrl: Secret | undefined; data: string }): Promise<void> {
	const database = await openDatabase(where);
	const jobs = openJobs({ databaseUrl: where.databaseUrl, pglite: database.pglite }, () => {});
	await jobs.start();
	await jobs.stop();
	await database.close();
}
