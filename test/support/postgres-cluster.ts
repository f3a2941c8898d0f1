import type { TestProject } from 'vitest/node'
import { startCluster } from './postgres.ts'

declare module 'vitest' {
	interface ProvidedContext {
		postgresUrl: string
	}
}

/** Vitest's global setup: one throwaway PostgreSQL cluster for all test files of a project. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
	const cluster = await startCluster()
	project.provide('postgresUrl', cluster.url)
	return cluster.stop
}
