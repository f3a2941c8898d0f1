import { httpCall } from '../../server/command/client/http-call.ts';
import { SoftwarePasskey } from '../../server/command/software-passkey.ts';
import { startInvitation } from '../../server/organizer/invitation.ts';
import type { DeskView, Draft } from '../../shared/api/desk.ts';
import { randomBytes } from '../../shared/bytes.ts';
import type { Call } from '../../shared/client/call.ts';
import {
	approveCharter,
	type Roots,
	readStanding,
	rootsInMemory,
	type Standing,
} from '../../shared/client/deciding.ts';
import { freeze, invite, saveDraft } from '../../shared/client/drafting.ts';
import { enrol } from '../../shared/client/enrolling.ts';
import { loginWithPasskey, type Organizer, readDesk } from '../../shared/client/organizer.ts';
import { wholeDraft } from './drafts.ts';
import type { TestServer } from './server.ts';

/** One organizer at their own browser. */
export interface Seat {
	call: Call;
	passkeys: SoftwarePasskey;
	organizer: Organizer;
	words: string[];
	roots: Roots;
}

/** Uses an invitation, in a browser of its own. */
export async function takeSeat({ origin }: TestServer, invitation: string, name: string): Promise<Seat> {
	const call = httpCall(origin);
	const passkeys = new SoftwarePasskey(origin);
	const { organizer, words } = await enrol(call, passkeys, { invitation, name });
	return { call, passkeys, organizer, words, roots: rootsInMemory() };
}

/** A letter in draft with these organizers. */
export async function startLetter<Names extends string[]>(
	server: TestServer,
	...names: Names
): Promise<{ [Name in keyof Names]: Seat }> {
	const seats: Seat[] = [];
	for (const name of names) {
		const [first] = seats;
		const invitation = first ? await invite(first.call, name) : await startInvitation(server.deps, 'command');
		seats.push(await takeSeat(server, invitation, name));
	}
	return seats as { [Name in keyof Names]: Seat };
}

/** Saves a whole draft over the present one. @returns the new version */
export async function write(server: TestServer, { call }: Seat, changes: Partial<Draft> = {}): Promise<number> {
	const { draft } = await readDesk(call);
	return saveDraft(call, draft?.version ?? 0, wholeDraft(server.clock.now(), changes));
}

/** After twelve hours, or whenever the clock was moved by more. */
export async function comeBack({ call, passkeys }: Seat): Promise<void> {
	await loginWithPasskey(call, passkeys);
}

/** Writes, freezes, and lets all approve. */
export async function openLetter(server: TestServer, seats: Seat[], changes: Partial<Draft> = {}): Promise<Standing> {
	const [first] = seats;
	if (!first) throw new Error('nobody organizes this letter');
	const threshold = Math.floor(seats.length / 2) + 1;
	const groups = wholeDraft(server.clock.now()).groups.slice(0, 1);
	await freeze(first.call, await write(server, first, { groups, threshold: Math.max(2, threshold), ...changes }));
	for (const { call, organizer, roots } of seats) {
		await approveCharter(call, organizer, roots, await readDesk(call));
	}
	return standing(first);
}

export const standing = async ({ call }: Seat): Promise<Standing> => readStanding(await readDesk(call), null);

export const stateOf = async ({ call }: Seat): Promise<DeskView['letter']['state']> =>
	(await readDesk(call)).letter.state;

/** What the server refused it with: `status code`, and the field where it names one. */
export async function refusal(asking: Promise<unknown>): Promise<string> {
	try {
		await asking;
	} catch (failure) {
		if (failure instanceof Error && 'code' in failure && 'status' in failure) {
			const field = 'field' in failure && failure.field ? ` ${failure.field}` : '';
			return `${failure.status} ${failure.code}${field}`;
		}
		throw failure;
	}
	return 'not refused';
}

/** The same request with another body, in between: what a hostile or broken client would send. */
export function altering(call: Call, path: string, alter: (body: Record<string, unknown>) => object): Call {
	return (method, asked, body) => call(method, asked, body && asked === path ? { ...alter({ ...body }) } : body);
}

/** Logging in as the browser does it, to see the answer itself. */
export async function loginAnswer(server: TestServer, { passkeys }: Seat, cookie = ''): Promise<Response> {
	const options = await (await server.send('/api/desk/login/options', {})).json();
	const { passkey } = await passkeys.get(options, randomBytes(32));
	return server.send('/api/desk/login', { passkey }, { headers: { cookie } });
}

/** @returns the cookie as the browser sends it back */
export async function logIn(server: TestServer, seat: Seat, before = ''): Promise<string> {
	const answer = await loginAnswer(server, seat, before);
	return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
