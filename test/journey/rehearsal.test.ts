import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { MINUTE, placeInReview, REVIEW } from '../server/release/in-review.ts';
import { launch } from '../support/browser.ts';
import { approvedRelease } from '../support/letter.ts';
import { startServer } from '../support/server.ts';

const built = fileURLToPath(new URL('../../web/dist/assets', import.meta.url));

test.each([
	['the files', false],
	['of a letter that was restored from a copy, the files', true],
])(
	'%s that an organizer’s browser makes before the release are the ones that everybody gets, to the byte',
	async (_, restored) => {
		const server = await startServer({ now: REVIEW });
		const review = await placeInReview(server);
		const { db } = server.deps;
		if (restored) await db.updateTable('letters').set({ restored: 'with-keys' }).where('id', '=', review.id).execute();
		const composed = await review.compose();
		const browser = await launch();
		onTestFinished(() => browser.close());
		const page = await browser.newPage();
		// Served with the policy of every page: no program from elsewhere, nothing inline, trusted addresses only.
		await page.goto(`${server.origin}/safety`);
		const program = readdirSync(built).find((name) => /^print-worker-.*\.js$/.test(name));
		const release = await approvedRelease(review.letter, composed);
		const printed = await page.evaluate(
			async ({ release, restored, program }) => {
				type Policies = { createPolicy(name: string, rules: object): { createScriptURL(address: string): string } };
				const { trustedTypes } = globalThis as { trustedTypes?: Policies };
				const policy = trustedTypes?.createPolicy('undersigned', { createScriptURL: (address: string) => address });
				const address = policy?.createScriptURL(`/assets/${program}`) ?? '';
				const worker = new Worker(address, { type: 'module' });
				const answer = await new Promise<Record<string, unknown>>((resolve, reject) => {
					worker.onmessage = ({ data }) => resolve(data);
					worker.onerror = ({ message }) => reject(new Error(`the program did not start: ${message}`));
					worker.postMessage({ release, restored });
				});
				if (!('printed' in answer)) throw new Error(String(answer.failed));
				const { pdf, text, csv, card } = answer.printed as { pdf: Uint8Array; text: string; csv: string; card: string };
				return { pdf: Array.from(pdf), text, csv, card };
			},
			{ release, restored, program },
		);
		await review.schedule(composed);
		await server.due(MINUTE);
		const published = async (name: string) =>
			Buffer.from(await (await server.fetch(`/letters/a-letter/${name}`)).arrayBuffer());
		expect(printed.text.includes('counted twice')).toBe(restored);
		expect(printed.text).toBe((await published('letter.txt')).toString());
		expect(printed.csv).toBe((await published('signatories.csv')).toString());
		expect(printed.card).toMatch(/^<svg .*<path .*<\/svg>$/s);
		const pdf = await published('letter.pdf');
		expect(pdf.length).toBeGreaterThan(20_000);
		expect(Buffer.from(printed.pdf).equals(pdf)).toBe(true);
		expect(pdf.toString('latin1')).toContain('%PDF-1.7');
	},
);
