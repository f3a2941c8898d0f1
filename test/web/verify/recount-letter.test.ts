import { expect, test } from 'vitest';
import { recount } from '../../../shared/recount.ts';
import type { Recounter, RecountLetter } from '../../../web/verify/recount-letter.ts';
import '../../../web/verify/recount-letter.ts';
import '../../../web/style/letter.css';
import release from '../../vectors/release.json?raw';
import jws from '../../vectors/release.json.jws?raw';
import { accessibilityFaults, find, settled, stage } from '../sign/stage.ts';

/** As the page's worker counts, without the worker. */
const counting =
	(file: string, seal: string | null): Recounter =>
	(_, progress) =>
		recount(file, { ...(seal === null ? {} : { jws: seal }), progress: (done, total) => progress({ done, total }) });

async function outcome(recounter: Recounter): Promise<RecountLetter> {
	const element = await stage(document.createElement('recount-letter') as RecountLetter);
	// The page around it has the heading.
	element.before(Object.assign(document.createElement('h1'), { textContent: 'Recount every signature' }));
	element.recounter = recounter;
	find<HTMLButtonElement>(element, 'button').click();
	await expect.poll(() => element.querySelector('[data-outcome]')).not.toBeNull();
	await settled(element);
	return element;
}

test('a release that holds says so, line by line, and what no file can show', async () => {
	const element = await outcome(counting(release, jws));
	expect(find(element, '[data-outcome]').dataset.outcome).toBe('holds');
	expect(element.querySelectorAll('.checks .good')).toHaveLength(6);
	expect(element.textContent).toContain('that nobody was left out');
	expect(await accessibilityFaults()).toEqual([]);
});

test('without the host’s seal one check is left open, and said to be', async () => {
	const element = await outcome(counting(release, null));
	expect(find(element, '[data-outcome]').dataset.outcome).toBe('holds');
	expect(find(element, '.checks li:last-child').textContent).toContain('Not checked');
});

test('a changed name is named with its place', async () => {
	const name = /"name":"([^"]+)","title"/.exec(release)?.[1] ?? '';
	const element = await outcome(counting(release.replace(name, name.replace(/^./u, 'X')), jws));
	expect(find(element, '[data-outcome]').dataset.outcome).toBe('fault');
	expect(find(element, '.errors').textContent).toMatch(/line \d+, signature \d+/);
	expect(await accessibilityFaults()).toEqual([]);
});

test('a recount that cannot be made says why, and can be tried again', async () => {
	const element = await outcome(async () => {
		throw new Error('No file came: the server answered 503.');
	});
	expect(element.textContent).toContain('the server answered 503');
	expect(find<HTMLButtonElement>(element, 'button').disabled).toBe(false);
});
