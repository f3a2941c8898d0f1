/**
 * What opening names costs at least: every cryptographic operation that the protocol asks of an opening, with the primitives that the desk uses, over bytes that are laid out before, in as many workers of the
 * same browser as there are cores. Nothing is fetched, read, looked up, decided or drawn meanwhile. Each outcome is compared, so that what is measured is known to have been done.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { build, type Rolldown } from 'vite';
import type { OrganizerDesk } from '../support/organizer-desk.ts';
import { bareInputs } from './bare-opening-inputs.ts';

export interface BareOpening {
	/** Each time in new workers, which have compiled nothing yet, as those of the desk. @returns seconds, from when everything is laid out to when the last worker is done */
	measure(page: Page): Promise<number>;
	stop(): void;
}

/** @param by the other organizers whose contributions are there */
export async function bareOpening(desk: OrganizerDesk, by: readonly number[], cores: number): Promise<BareOpening> {
	const { once, names } = await bareInputs(desk, by);
	const program = await bundled();
	const parts = Array.from({ length: cores }, (_, at) =>
		JSON.stringify({ once, names: names.filter((_, number) => number % cores === at) }),
	);
	const server = createServer(({ url = '/' }, answer) => {
		const { pathname, searchParams } = new URL(url, 'http://localhost');
		if (pathname === '/program.js') answer.setHeader('content-type', 'text/javascript').end(program);
		else if (pathname === '/inputs') answer.end(parts[Number(searchParams.get('at'))]);
		else answer.setHeader('content-type', 'text/html').end('<!doctype html><title>Bare</title>');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		async measure(page) {
			// WebCrypto is there on pages of this machine, without https.
			await page.goto(`http://localhost:${port}/`);
			const { milliseconds, done } = await page.evaluate(inThePage, cores);
			if (done !== names.length) throw new Error(`${done} of ${names.length} names were opened.`);
			return milliseconds / 1000;
		},
		stop: () => server.close(),
	};
}

async function bundled(): Promise<string> {
	const entry = fileURLToPath(new URL('bare-opening-worker.ts', import.meta.url));
	const made = await build({
		...{ configFile: false, logLevel: 'error', mode: 'production' },
		build: { write: false, target: 'es2022', lib: { entry, formats: ['es'] } },
	});
	const [output] = [made].flat() as Rolldown.RolldownOutput[];
	const [chunk] = output?.output ?? [];
	if (chunk?.type !== 'chunk') throw new Error('The program was not built.');
	return chunk.code;
}

/** Runs in the page. */
async function inThePage(cores: number): Promise<{ milliseconds: number; done: number }> {
	const workers = Array.from({ length: cores }, (_, at) => new Worker(`/program.js?at=${at}`, { type: 'module' }));
	const heard = (worker: Worker) =>
		new Promise<unknown>((resolve, reject) => {
			worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
			worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true });
		});
	await Promise.all(workers.map(heard));
	const began = performance.now();
	const done = workers.map(heard);
	for (const worker of workers) worker.postMessage('go');
	const counts = await Promise.all(done);
	const milliseconds = performance.now() - began;
	for (const worker of workers) worker.terminate();
	const failed = counts.find((count) => typeof count !== 'number');
	if (failed !== undefined) throw new Error(String(failed));
	return { milliseconds, done: counts.reduce<number>((sum, count) => sum + Number(count), 0) };
}
