/**
 * `npm run demo [-- --server URL --signers 200 --organizers 3]`: fills a running development server, over its real HTTP API and with the
 * real client protocol, with one letter in each state. Prints links and words to look around with; the last line is one JSON object.
 */
import { parseArgs } from 'node:util';
import { newId } from '../../shared/bytes.ts';
import type { Signer } from '../../shared/client/signer.ts';
import { writeTime } from '../../shared/document.ts';
import { DevServer } from './client/dev-server.ts';
import { Organizers } from './client/organizers.ts';
import { PRANKSTERS, signAll } from './demo/crowd.ts';
import { type DemoState, demoDraft, LAST_CALL_MINUTES, STATES } from './demo/letters.ts';
import { POSTS } from './demo/posts.ts';

type Made = {
	desk: string;
	organizers: { organizer: string; words: string }[];
	invite?: string;
	signerWords?: string;
	vouchers?: string[];
	/** Where the released letter stands, or will stand. */
	page?: string;
	release?: string;
	recount?: string;
	/** A journalist's own link, before the release. */
	embargo?: string;
};

/** Where `npm start` serves. */
const usual = 'http://localhost:3000';

/** How far each state is from `draft`. */
const reached = (state: DemoState, at: DemoState) => STATES.indexOf(state) >= STATES.indexOf(at);

async function main(): Promise<void> {
	const { origin, signers, organizers } = options();
	const server = new DevServer(origin);
	await server.requireDevelopment();
	await server.begin();
	const letters: Partial<Record<DemoState, Made>> = {};
	// The clock is moved for letters that go far; those that stay open are made last, so that it does not close them.
	for (const state of ['released', 'scheduled', 'review', 'abandoned', 'open', 'draft'] as const) {
		const count = state === 'released' ? signers : Math.min(signers, Math.max(12, Math.round(signers / 5)));
		letters[state] = await make(server, state, { signers: count, organizers });
	}
	print(letters);
	console.log(JSON.stringify({ server: origin, letters }));
}

async function make(
	server: DevServer,
	state: DemoState,
	sizes: { signers: number; organizers: number },
): Promise<Made> {
	progress(`${state}: ${sizes.organizers} organizers write`);
	const organizers = await Organizers.start(server, sizes.organizers, (now) => demoDraft(state, sizes.organizers, now));
	const made: Made = { desk: `${server.origin}/desk`, organizers: organizers.words() };
	if (state === 'draft') return made;
	made.invite = await organizers.open();
	const spare = 3;
	const vouchers = await organizers.vouchers(Math.min(12, Math.ceil(sizes.signers / 10)) + spare);
	made.vouchers = vouchers.slice(0, spare);
	let signed = 0;
	const crowd = { invite: made.invite, count: sizes.signers, vouchers: vouchers.slice(spare) };
	const { words, leaver } = await signAll(server, crowd, () =>
		progress(`${state}: ${++signed} of ${sizes.signers} sign`),
	);
	made.signerWords = words;
	await server.tick();
	if (state === 'open') return made;
	if (state === 'abandoned') {
		await organizers.decide('abandon');
		// Everything is erased: no desk is left to log in to, and nothing that words or vouchers open.
		return { desk: made.desk, organizers: [], invite: made.invite };
	}
	await close(server, organizers, state);
	if (reached(state, 'scheduled')) await release(server, organizers, state, made);
	if (state === 'released') await afterwards(server, organizers, leaver);
	return made;
}

async function close(server: DevServer, organizers: Organizers, state: DemoState): Promise<void> {
	progress(`${state}: last call, then the names are opened`);
	await organizers.decide('close');
	await server.advance(LAST_CALL_MINUTES);
	await organizers.openNames();
	await organizers.strike(PRANKSTERS);
}

async function release(server: DevServer, organizers: Organizers, state: DemoState, made: Made): Promise<void> {
	progress(`${state}: the release is built and approved`);
	const days = state === 'released' ? 0 : 7;
	const at = new Date(server.now().getTime() + days * 24 * 60 * 60 * 1000 + 60_000);
	const slug = `${state}-${newId()
		.replace(/[^a-z0-9]/g, '')
		.slice(0, 6)}`;
	const releaseAt = writeTime(at);
	await organizers.release(slug, releaseAt);
	made.page = `${server.origin}/letters/${slug}/`;
	if (state !== 'released') {
		made.embargo = await organizers.inviteOutlet('The Morning Ledger', releaseAt);
		await server.advance(0);
		return;
	}
	await server.advance(2);
	made.release = `${made.page}release.json`;
	made.recount = `${made.page}recount.html`;
}

/** What happens to a letter once it is out: it is listed, answered and written about, and somebody takes their name off. */
async function afterwards(server: DevServer, organizers: Organizers, leaver: Signer | null): Promise<void> {
	progress('released: an update, the reply, the press, a name that is taken off');
	await organizers.say(POSTS);
	await leaver?.withdraw();
	// Its files are made anew by a job, which this waits for.
	await server.advance(0);
}

const USAGE = `Usage: npm run demo [-- --server ${usual} --signers 200 --organizers 3]
--server is a development server that runs: npm start. --signers: 12 to 100000 under the released letter, --organizers: 2 to 10 of each.`;

function given(): { server?: string; signers?: string; organizers?: string } {
	const text = { type: 'string' } as const;
	try {
		return parseArgs({ options: { server: text, signers: text, organizers: text } }).values;
	} catch (failure) {
		throw new Error(`${failure instanceof Error ? failure.message : String(failure)}\n${USAGE}`);
	}
}

function options(): { origin: string; signers: number; organizers: number } {
	const values = given();
	const server = values.server ?? usual;
	if (!/^https?:\/\//.test(server) || !URL.canParse(server))
		throw new Error(`--server: give an address, such as ${usual}.\n${USAGE}`);
	const { origin } = new URL(server);
	const whole = (name: string, given: string | undefined, usual: number, least: number, most: number) => {
		const number = given === undefined ? usual : Number(given);
		if (Number.isInteger(number) && number >= least && number <= most) return number;
		throw new Error(`--${name} is a whole number from ${least} to ${most}.\n${USAGE}`);
	};
	return {
		origin,
		signers: whole('signers', values.signers, 200, 12, 100_000),
		organizers: whole('organizers', values.organizers, 3, 2, 10),
	};
}

function print(letters: Partial<Record<DemoState, Made>>): void {
	for (const [state, made] of Object.entries(letters)) {
		console.log(`\n${state.toUpperCase()}`);
		for (const [what, where] of Object.entries(made))
			if (typeof where === 'string') console.log(`  ${what.padEnd(12)} ${where}`);
		for (const { organizer, words } of made.organizers) console.log(`  words of ${organizer.padEnd(6)} ${words}`);
		if (made.vouchers !== undefined) console.log(`  ${'vouchers'.padEnd(12)} ${made.vouchers.join('  ')}`);
	}
	console.log('');
}

/** One line that is written over, where somebody watches. */
function progress(said: string): void {
	if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${said}`);
}

try {
	await main();
} catch (failure) {
	console.error(`\nThe demo stopped: ${failure instanceof Error ? failure.message : String(failure)}`);
	process.exitCode = 1;
}
