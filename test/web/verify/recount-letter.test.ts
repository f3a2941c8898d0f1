import { expect, test, vi } from 'vitest';
import { recount } from '../../../shared/recount.ts';
import type { UpdatesVerdict } from '../../../shared/recount-updates.ts';
import { type Recounter, type RecountLetter, Stopped } from '../../../web/verify/recount-letter.ts';
import '../../../web/verify/recount-letter.ts';
import '../../../web/verify/recount-mine.ts';
import '../../../web/style/letter.css';
import release from '../../vectors/release.json?raw';
import jws from '../../vectors/release.json.jws?raw';
import { settled } from '../settled.ts';
import { accessibilityFaults, find, stage } from '../sign/stage.ts';

const refused: Recounter['mine'] = async () => ({ ok: false, message: 'It answers another challenge.' });

/** As the page's worker counts, without the worker. */
const counting = (file: string, seal: string | null, updates: UpdatesVerdict | null = null): Recounter => ({
	recount: async (_, told) => ({
		report: await recount(file, {
			...(seal === null ? {} : { jws: seal }),
			now: told.now,
			progress: (done, total) => told.progress({ done, total }),
		}),
		updates,
	}),
	stop: () => {},
	mine: refused,
});

async function started(recounter: Recounter): Promise<RecountLetter> {
	const element = await stage(document.createElement('recount-letter') as RecountLetter);
	// The page around it has the heading.
	element.before(Object.assign(document.createElement('h1'), { textContent: 'Recount every signature' }));
	element.recounter = recounter;
	find<HTMLButtonElement>(element, 'button').click();
	return element;
}

async function outcome(recounter: Recounter): Promise<RecountLetter> {
	const element = await started(recounter);
	await expect.poll(() => element.querySelector('[data-outcome]')).not.toBeNull();
	await settled(element);
	return element;
}

test('a release that holds says so, line by line, and what no file can show', async () => {
	const element = await outcome(counting(release, jws));
	expect(find(element, '[data-outcome]').dataset.outcome).toBe('holds');
	expect(find(element, '[data-outcome] h2').textContent).toBe('Every check holds');
	expect(element.querySelectorAll('.checks .good')).toHaveLength(6);
	expect(element.textContent).toContain('that nobody was left out');
	expect(find(element, '.recounted').textContent).toMatch(
		/Title: Open letter.*To: The board of Acme.*\/letters\/a-letter\/.*1 March 2027 at 09:00 UTC/s,
	);
	expect(await accessibilityFaults()).toEqual([]);
});

test('without the host’s seal one check is left open, and said to be', async () => {
	const element = await outcome(counting(release, null));
	expect(find(element, '[data-outcome]').dataset.outcome).toBe('holds');
	expect(find(element, '[data-outcome] h2').textContent).toBe('Every check that could be made holds');
	expect(find(element, '.checks li:nth-child(6)').textContent).toContain('Not checked');
});

test('posts under the letter are said to hold, or not to', async () => {
	const good = await outcome(counting(release, jws, { ok: true, posts: 3, shown: 2, threshold: 2 }));
	expect(find(good, '.checks li:last-child').textContent).toContain('3 posts, each approved by at least 2 organizers');
	const bad = await outcome(counting(release, jws, { ok: false, place: 'post 2', message: 'Too few approved it.' }));
	expect(find(bad, '.checks li:last-child').textContent).toMatch(/updates\.json, post 2: Too few.*Does not hold/s);
	expect(find(bad, '[data-outcome]').dataset.outcome).toBe('fault');
	expect(find(bad, '[data-outcome] h2').textContent).toBe('The letter holds, what was posted under it does not');
	const none = await outcome(counting(release, jws));
	expect(find(none, '.checks li:last-child').textContent).toMatch(/no updates\.json.*Not checked/s);
});

test('a changed name is named with its place, and nobody is asked whose number it is', async () => {
	const name = /"name":"([^"]+)","title"/.exec(release)?.[1] ?? '';
	const element = await outcome(counting(release.replace(name, name.replace(/^./u, 'X')), jws));
	expect(find(element, '[data-outcome]').dataset.outcome).toBe('fault');
	expect(find(element, '.errors').textContent).toMatch(/line \d+, signature \d+/);
	expect(element.querySelector('recount-mine')).toBeNull();
	expect(await accessibilityFaults()).toEqual([]);
});

test('while it runs it says what is checked now, how far it is, and can be stopped', async () => {
	let stop = () => {};
	const recounter: Recounter = {
		...counting(release, jws),
		recount: (_, told) =>
			new Promise((_, reject) => {
				told.now('signatures');
				told.progress({ done: 25_000, total: 100_000 });
				stop = () => reject(new Stopped());
			}),
		stop: () => stop(),
	};
	const element = await started(recounter);
	await expect.poll(() => element.querySelector('progress')?.max).toBe(100_000);
	expect(find<HTMLProgressElement>(element, 'progress').value).toBe(25_000);
	expect(find(element, '.running').textContent).toContain('25,000 of 100,000 signatures checked');
	expect(find(element, '.running').textContent).toContain('Checking the signatures');
	expect(await accessibilityFaults()).toEqual([]);
	find<HTMLButtonElement>(element, '.running button').click();
	await expect.poll(() => element.querySelector('[data-outcome=stopped]')).not.toBeNull();
	expect(element.querySelector('progress')).toBeNull();
});

test('a recount that cannot be made says why, and can be tried again', async () => {
	const element = await outcome({
		...counting(release, jws),
		recount: async () => {
			throw new Error('No file came: the server answered 503.');
		},
	});
	expect(element.textContent).toContain('the server answered 503');
	expect(find<HTMLButtonElement>(element, 'button').disabled).toBe(false);
});

async function proving(mine: Recounter['mine']): Promise<RecountLetter> {
	const element = await outcome({ ...counting(release, jws), mine });
	await expect.poll(() => element.querySelector('#mine-challenge')).not.toBeNull();
	find<HTMLButtonElement>(element, '.mine button[type=button]').click();
	await expect.poll(() => find<HTMLInputElement>(element, '#mine-challenge').value).toMatch(/^(\w{4}-){3}\w{4}$/);
	find<HTMLInputElement>(element, '#mine-journalist').value = 'Ida Tarbell';
	find<HTMLTextAreaElement>(element, '#mine-proof').value = 'undersigned-mine-1.AAAA';
	find<HTMLButtonElement>(element, '.mine button:not([type])').click();
	await expect.poll(() => element.querySelector('[data-mine]')).not.toBeNull();
	return element;
}

test('a proof that a number is somebody’s is checked with the name and the challenge that were typed', async () => {
	const mine = vi.fn<Recounter['mine']>(async () => ({
		ok: true,
		signature: {
			...{ number: 1214, key: 'k', group: 'Acme', shown: 'named', stands: 'listed', label: null },
			display: { name: 'محمد الفارسي', title: 'Engineer' },
		},
	}));
	const element = await proving(mine);
	const { value: challenge } = find<HTMLInputElement>(element, '#mine-challenge');
	expect(mine).toHaveBeenCalledWith('undersigned-mine-1.AAAA', { journalist: 'Ida Tarbell', challenge });
	const said = find(element, '[data-mine=holds]').textContent;
	expect(said).toContain('number 1,214');
	expect(said).toContain('محمد الفارسي, Engineer, in the group Acme');
	expect(said).toContain('It does not show who they are');
	expect(await accessibilityFaults()).toEqual([]);
});

test('a proof that does not hold says what is wrong with it', async () => {
	const element = await proving(refused);
	expect(find(element, '[data-mine=refused]').textContent).toContain('It answers another challenge.');
	expect(await accessibilityFaults()).toEqual([]);
});
