import { beforeAll, expect, test } from 'vitest';
import { type Call, Unanswered } from '../../../shared/client/call.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { contribute, openNames } from '../../../shared/client/opening.ts';
import { buildRelease, proposeRelease } from '../../../shared/client/releasing.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import type { DeskRelease } from '../../../web/desk/desk-release.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, show, smallTargets } from './desk-stage.ts';

const quietly = () => {};
let organizers: OrganizerDesk;

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(3) });
	const { standing, sealed } = organizers;
	for (const at of [0, 1]) {
		await contribute(organizers.call(at), organizers.organizer(at), standing, sealed, quietly);
	}
});

test('a comparison whose connection dropped is made again by pressing, without building anything anew', async () => {
	const { standing, sealed } = organizers;
	const opening = await openNames(organizers.call(0), organizers.organizer(0), standing, sealed, quietly);
	const [attempt, releaseAt] = ['A'.repeat(22), '2027-03-03T09:00:00Z'];
	const choice = { slug: 'we-refuse', press: 'press@letters.example', releaseAt, attempt, deliveries: [] };
	const built = await buildRelease(organizers.view(0), opening, choice);
	await proposeRelease(organizers.call(1), standing, built);
	const line = { down: true };
	const asked: string[] = [];
	const reached = organizers.call(0);
	const call: Call = async (method, path, body) => {
		asked.push(`${method} ${path}`);
		if (line.down) throw new Unanswered('No answer came from the server.');
		return reached(method, path, body);
	};
	const desk = deskOf(organizers, call);
	const proposer = organizers.organizer(1).id;
	const { releaseHash } = built;
	const release = { attempt, releaseHash, releaseAt, proposer, approvedBy: [proposer], stoppedBy: [] };
	desk.view = organizers.view(0, { release });
	await keepRoot(organizers.organizer(0), desk.parts.roots, standing.root);
	desk.opening.opening = opening;
	const app = await show(Object.assign(new DeskApp(), { desk }));
	await settled(app);
	const element = app.querySelector<DeskRelease>('desk-release');
	if (element === null) throw new Error('No release is shown.');
	const button = (words: string) =>
		[...element.querySelectorAll('button')].find((one) => one.textContent?.trim() === words);
	const tryAgain = async () => {
		expect(button('Try again')).toBeDefined();
		button('Try again')?.click();
		await settled(app);
	};
	expect(element.querySelector('.errors')?.textContent).toContain('No answer came');
	await tryAgain();
	// Still down: it says so once more, and can be tried once more.
	expect(element.querySelector('.errors')?.textContent).toContain('No answer came');
	expect(await accessibilityFaults()).toEqual([]);
	expect(smallTargets()).toEqual([]);
	expect(fitsItsWidth()).toBe(true);
	line.down = false;
	await tryAgain();
	expect(element.querySelector('.errors')).toBeNull();
	expect(button('Try again')).toBeUndefined();
	expect(button('Approve this release')?.disabled).toBe(false);
	expect(document.activeElement?.id).toBe('release-heading');
	expect(asked.filter((one) => one.endsWith(' /api/desk/release'))).toEqual(Array(3).fill('GET /api/desk/release'));
});

test('what a release leaves out, and why, is shown to whoever built it and to whoever is asked to approve it', async () => {
	const only = { title: '', condition: { named: 50 } };
	const signers = [...someSigners(3), { group: 0, name: 'Ada', ...only }, { group: 0, name: 'Bo', ...only }];
	const few = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers });
	const { standing, sealed } = few;
	for (const at of [0, 1]) await contribute(few.call(at), few.organizer(at), standing, sealed, quietly);
	const opened = await openNames(few.call(0), few.organizer(0), standing, sealed, quietly);
	const [lost, ...names] = opened.names;
	if (lost === undefined) throw new Error('nobody signed');
	const group = few.letter.charter.groups[0]?.id ?? '';
	const opening = { ...opened, names, unreadable: [{ key: lost.key, group }] };
	const release = {
		...{ attempt: 'A'.repeat(22), releaseHash: '', releaseAt: '2027-03-03T09:00:00Z' },
		...{ approvedBy: [], stoppedBy: [] },
	};
	const choice = { slug: 'we-refuse', press: 'press@letters.example', deliveries: [], ...release };
	const built = await buildRelease(few.view(0), opening, choice);
	expect(built.leftOut.length).toBeGreaterThan(2);
	const { releaseHash } = built;
	await proposeRelease(few.call(0), standing, built);
	for (const proposer of [few.organizer(0).id, few.organizer(1).id]) {
		const desk = deskOf(few);
		desk.view = few.view(0, { release: { ...release, releaseHash, proposer } });
		await keepRoot(few.organizer(0), desk.parts.roots, standing.root);
		desk.opening.opening = opening;
		const app = await show(Object.assign(new DeskApp(), { desk }));
		await settled(app);
		const said = app.querySelector('desk-release')?.textContent?.replaceAll(/\s+/g, ' ') ?? '';
		expect(said).toContain('Left out of it:');
		expect(said).toContain('1 could not be opened');
		expect(said).toMatch(/[12] had a condition that does not hold/);
	}
});
