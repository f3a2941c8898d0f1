import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadAssets } from '../../../server/assets.ts';
import type { RenderTask } from '../../../server/published/render-worker.ts';
import { render } from '../../../server/published/rendering.ts';
import { utf8 } from '../../../shared/bytes.ts';
import { fullLetter } from '../../support/full-letter.ts';

const assets = loadAssets(fileURLToPath(new URL('../../../web/dist', import.meta.url))).letter();

const { made } = await fullLetter();

/** Afresh each time: the bytes of the file go to the thread. */
function task(): RenderTask {
	return {
		...{ file: utf8(made.file), since: { withdrawn: new Map(), strikes: [], approvals: null } },
		...{ host: null, posts: [], assets, kind: 'released', packing: 'best' },
	};
}

test('the same release gives the same bytes, in every coding', async () => {
	const [one, other] = [await render(task()), await render(task())];
	const etags = ({ files }: typeof one) => files.map(({ path, coding, etag }) => `${path} ${coding} ${etag}`).sort();
	expect(etags(one)).toEqual(etags(other));
	expect(one.files.map(({ path }) => path)).toEqual(
		expect.arrayContaining(['index.html', 'release.json', 'files.json', 'embed.html', 'names.txt']),
	);
	expect(one.listing).toMatchObject({ title: expect.any(String), signatures: one.keys.length });
});

test('the server answers meanwhile: its own thread is idle while a letter is rendered', async () => {
	const what = task();
	const before = performance.eventLoopUtilization();
	await render(what);
	expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
});

test('a thread that fails says so, and gives no files', async () => {
	await expect(render({ ...task(), file: utf8('{"format":') })).rejects.toThrow('cut off');
});
