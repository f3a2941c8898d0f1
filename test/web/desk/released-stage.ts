/** The desk of a released letter on an empty page, and what its organizers press and type. */
import type { LitElement } from 'lit';
import type { DeskView } from '../../../shared/api/desk.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { keepRoot } from '../../../shared/client/deciding.ts';
import { toStub } from '../../../shared/entry.ts';
import { type Post, postSubject, writePost } from '../../../shared/post.ts';
import type { Release } from '../../../shared/release.ts';
import { writeReleaseFile } from '../../../shared/release-file.ts';
import { signWithdrawal } from '../../../shared/statement.ts';
import { DeskApp } from '../../../web/desk/desk-app.ts';
import { approvalsOf, releaseFiles, someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';
import { settled } from '../settled.ts';
import { deskOf, show } from './desk-stage.ts';

export let organizers: OrganizerDesk;
export let release: Release;
let file: string;

/** Before the tests of a file. */
export async function makeReleased(): Promise<void> {
	organizers = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(6) });
	({ release } = await releaseFiles(organizers.letter));
	const at = release.signatures.findIndex((one) => 'entry' in one);
	const gone = release.signatures[at];
	if (gone === undefined || !('entry' in gone)) throw new Error('There is an entry.');
	const { keys } = organizers.letter.signers.find((one) => one.keys.publicKey === gone.entry.statement.key) ?? {};
	if (keys === undefined) throw new Error('It has a signer.');
	const withdrawal = await signWithdrawal(keys.privateKey, organizers.letter.root, keys.publicKey, 2);
	release.signatures[at] = { digest: gone.digest, stub: await toStub(gone.entry, { withdrawal }) };
	file = writeReleaseFile(release);
}

export const written = '2027-03-01T09:00:00Z';
export const update: Post = {
	kind: 'update',
	written,
	title: 'We met the board',
	text: 'They **listened**.\n\nMore soon.',
};
export const coverage: Post = {
	...{ kind: 'coverage', written, outlet: 'The Paper', title: 'Staff write' },
	address: 'https://paper.example/a',
};

export type OnDesk = DeskView['posts'][number];
/** Proposed by organizer 1, approved by so many from there on. */
export async function post(of: Post, number: number | null, approvers = number === null ? 1 : 2): Promise<OnDesk> {
	const document = writePost(of);
	const subject = await postSubject(document);
	const all = await approvalsOf(organizers.letter, 'post', subject);
	const approvals = number === null ? all.slice(1, 1 + approvers) : all;
	return { subject, document, proposer: organizers.organizer(1).id, number, approvals };
}

/** The number under which somebody stands by name, and who it is. */
export function named(): { number: number; name: string; digest: string } {
	for (const [i, one] of release.signatures.entries()) {
		if ('entry' in one && one.entry.display) return { number: i + 1, name: one.entry.display.name, digest: one.digest };
	}
	throw new Error('Nobody stands there by name.');
}

export type Sent = { call: string; body: Record<string, unknown> | undefined };

export async function app(change: Partial<DeskView> = {}, known = true): Promise<{ element: DeskApp; sent: Sent[] }> {
	const sent: Sent[] = [];
	const view = organizers.view(0, change);
	const released = {
		...view,
		letter: { ...view.letter, state: 'released', slug: 'a-letter', releaseAt: written },
	} as const;
	const desk = deskOf(organizers, async (method, path, body) => {
		if (method === 'GET') return released;
		sent.push({ call: `${method} ${path}`, body });
		if (path.includes('late-strikes')) return { agreed: false };
		return { subject: b64u(randomBytes(32)), agreed: false };
	});
	Object.assign(desk.parts, {
		async file(path: string) {
			if (path !== '/letters/a-letter/release.json') throw new Error(`Nothing stands at ${path}.`);
			return new Blob([file]).stream();
		},
	});
	desk.view = released;
	if (known) await keepRoot(organizers.organizer(0), desk.parts.roots, organizers.standing.root);
	const element = new DeskApp();
	element.desk = desk;
	await show(element);
	await settled(element);
	return { element, sent };
}

export function button(element: HTMLElement, words: string): HTMLButtonElement {
	const found = [...element.querySelectorAll('button')].find((one) => one.textContent?.trim().startsWith(words));
	if (found === undefined) throw new Error(`There is no button “${words}”.`);
	return found;
}
export async function press(element: LitElement, words: string): Promise<void> {
	button(element, words).click();
	await settled(element);
}
export function type(element: HTMLElement, id: string, value: string): void {
	const field = element.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`);
	if (field === null) throw new Error(`There is no field ${id}.`);
	field.value = value;
	field.dispatchEvent(new Event('input', { bubbles: true }));
}
export async function submit(element: LitElement, id: string): Promise<void> {
	element.querySelector<HTMLInputElement>(`#${id}`)?.form?.requestSubmit();
	await settled(element);
}
