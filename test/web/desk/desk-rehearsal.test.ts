import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { contribute, openNames } from '../../../shared/client/opening.ts';
import { type BuiltRelease, buildRelease } from '../../../shared/client/releasing.ts';
import { DeskRehearsal } from '../../../web/desk/desk-rehearsal.ts';
import { printFiles } from '../../../web/desk/rehearsal/print-files.ts';
import { type PrintedLetter, printLetter, type ToPrint } from '../../../web/desk/rehearsal/print-letter.ts';
import { RehearsalFiles } from '../../../web/desk/rehearsal/rehearsal-files.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { accessibilityFaults, deskOf, fitsItsWidth, smallTargets } from './desk-stage.ts';

let organizers: OrganizerDesk;
let built: BuiltRelease;
const choice = { slug: 'we-refuse', press: 'press@letters.example', releaseAt: '2027-03-03T09:00:00Z' };
const quietly = () => {};

beforeAll(async () => {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(9) });
	const { standing, sealed } = organizers;
	for (const at of [0, 1]) {
		await contribute(organizers.call(at), organizers.organizer(at), standing, sealed, quietly);
	}
	const opening = await openNames(organizers.call(0), organizers.organizer(0), standing, sealed, quietly);
	const attempt = 'A'.repeat(22);
	built = await buildRelease(organizers.view(0), opening, { ...choice, attempt, deliveries: ['board@acme.example'] });
});

/** Fonts as they lie in their packages. */
async function readFont(path: string): Promise<Uint8Array<ArrayBuffer>> {
	if (path !== 'ranges.json') {
		const [name, file] = path.split('/');
		return bytesAt(`/node_modules/@fontsource/${name}/files/${file}`);
	}
	const { PACKAGES } = await import('../../../shared/print/type/faces.ts');
	const all = PACKAGES.map(async ({ name }) => {
		const ranges = await bytesAt(`/node_modules/@fontsource/${name}/unicode.json`);
		return [name, JSON.parse(new TextDecoder().decode(ranges))];
	});
	return new TextEncoder().encode(JSON.stringify(Object.fromEntries(await Promise.all(all))));
}

async function bytesAt(address: string): Promise<Uint8Array<ArrayBuffer>> {
	const answer = await fetch(address);
	if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
	return new Uint8Array(await answer.arrayBuffer());
}

async function rehearsal(deliveries: readonly string[] = built.deliveries): Promise<DeskRehearsal> {
	const desk = deskOf(organizers);
	Object.assign(desk.parts, { print: (what: ToPrint) => printLetter(what, readFont) });
	const element = new DeskRehearsal();
	element.desk = desk;
	element.draft = { release: built.release, deliveries };
	const main = document.createElement('main');
	for (const level of ['h1', 'h2'])
		main.append(Object.assign(document.createElement(level), { textContent: 'Release' }));
	main.append(element);
	document.documentElement.lang = 'en';
	document.title = 'Desk';
	document.body.replaceChildren(main);
	await settled(element);
	element.querySelector('button')?.click();
	await vi.waitFor(() => expect(element.querySelector('a[download="letter.pdf"]')).not.toBeNull(), { timeout: 60_000 });
	await settled(element);
	return element;
}

describe('the rehearsal', () => {
	test('shows the page, the files, every mail and the time, and can be used by everybody', async () => {
		const element = await rehearsal();
		const page = element.querySelector('iframe');
		await expect.poll(() => page?.contentDocument?.body.textContent).toContain('Żaneta Łęcka 1');
		const pdf = await bytesAt(element.querySelector<HTMLAnchorElement>('a[download="letter.pdf"]')?.href ?? '');
		expect(new TextDecoder('latin1').decode(pdf.slice(0, 8))).toBe('%PDF-1.7');
		expect(element.textContent).toContain(
			'One mail goes out at the release, once each, to nobody but: board@acme.example',
		);
		expect(element.querySelector('[aria-label="The mail"]')?.textContent).toContain('/letters/we-refuse/');
		expect(element.querySelector('[aria-label="The text"]')?.textContent).toContain('SIGNATORIES');
		expect(element.textContent).toContain('first rehearsal in this browser');
		await expect.poll(() => element.querySelector('img')?.naturalWidth).toBe(1200);
		expect(await accessibilityFaults()).toEqual([]);
		expect(smallTargets()).toEqual([]);
		expect(fitsItsWidth()).toBe(true);
	});

	test('says what changed since the last one in this browser', async () => {
		const element = await rehearsal(['board@acme.example', 'ceo@acme.example']);
		expect(element.textContent).toContain('Changed: whom it is sent to.');
		const again = await rehearsal(['board@acme.example', 'ceo@acme.example']);
		expect(again.textContent).toContain('Nothing changed since the last rehearsal');
	});
});

describe('of the files, when somebody logs out or the desk is locked', () => {
	afterEach(() => vi.restoreAllMocks());

	test('nothing is left, and none comes after that', async () => {
		document.body.replaceChildren();
		const made = vi.spyOn(URL, 'createObjectURL');
		const revoked = vi.spyOn(URL, 'revokeObjectURL');
		const signals: AbortSignal[] = [];
		const finish: ((printed: PrintedLetter) => void)[] = [];
		const element = new RehearsalFiles();
		element.release = built.release;
		element.print = (_, signal) => {
			signals.push(signal);
			return new Promise((resolve) => finish.push(resolve));
		};
		const printed = { pdf: new Uint8Array(1), text: 'Amara', csv: 'Amara', card: '<svg/>' };
		document.body.replaceChildren(element);
		await settled(element);
		element.remove();
		expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
		finish[0]?.(printed);
		await settled(element);
		expect(made).not.toHaveBeenCalled();
		expect(element.printed).toBeNull();

		document.body.append(element);
		await settled(element);
		finish[1]?.(printed);
		await settled(element);
		expect(element.querySelectorAll('a[download]')).toHaveLength(3);
		element.remove();
		await settled(element);
		expect(revoked.mock.calls.flat()).toEqual(made.mock.results.map(({ value }) => value));
		expect(element.printed).toBeNull();
		expect(signals).toHaveLength(2);
	});

	test('the program that makes them ends', async () => {
		const ended = vi.spyOn(Worker.prototype, 'terminate');
		const stop = new AbortController();
		const printing = printFiles({ release: built.release, restored: false }, stop.signal);
		stop.abort();
		await expect(printing).rejects.toMatchObject({ name: 'AbortError' });
		expect(ended).toHaveBeenCalledTimes(1);
		await expect(printFiles({ release: built.release, restored: false }, stop.signal)).rejects.toMatchObject({
			name: 'AbortError',
		});
		expect(ended).toHaveBeenCalledTimes(1);
	});
});
