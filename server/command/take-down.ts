/**
 * Takes a released letter off this host, says why, puts it back, or erases it. Works beside a server on PostgreSQL; on the embedded database the server has to be stopped. Ends with 0, or 1 and
 * the reason. See docs/operate.md, “Taking a released letter down”.
 */
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { authorityName } from '../../shared/api/take-down.ts';
import { slugSchema } from '../../shared/release.ts';
import { readConfig } from '../config.ts';
import { eraseTakenDown, type Found, putBack, takeDown } from '../letter/take-down.ts';
import type { Why } from '../letter/take-down-store.ts';
import { systemClock } from '../platform/clock.ts';
import { openOwnDatabase } from './own-database.ts';
import { NotNow, told } from './told.ts';

const USAGE = `Usage: npm run take-down -- SLUG --ordered [--authority NAME]   because of a legal demand; NAME, where you may say whose
       npm run take-down -- SLUG --own-decision
       npm run take-down -- SLUG --put-back
       npm run take-down -- SLUG --erase                        of one that is down: for good
SLUG is what stands behind /letters/ in the letter’s address.`;

type Asked = { slug: string } & ({ why: Why } | { step: 'put-back' | 'erase' });

await told(run(process.argv.slice(2)));

async function run(args: string[]): Promise<string> {
	const asked = readArguments(args);
	const { db, close } = await openOwnDatabase(readConfig(process.env));
	try {
		const deps = { db, clock: systemClock };
		if ('why' in asked) return saidOfTaking(asked, await takeDown(deps, asked.slug, asked.why));
		if (asked.step === 'put-back') return saidOfPuttingBack(asked, await putBack(deps, asked.slug));
		return saidOfErasing(asked, await eraseTakenDown(deps, asked.slug));
	} finally {
		await close();
	}
}

function readArguments(args: string[]): Asked {
	const { slug, ordered, authority, ...flags } = parse(args);
	if (!v.is(slugSchema, slug)) throw new NotNow(USAGE);
	const chosen = [ordered, flags['own-decision'], flags['put-back'], flags.erase].filter(Boolean);
	if (chosen.length !== 1 || (authority !== undefined && !ordered)) throw new NotNow(USAGE);
	if (flags['put-back']) return { slug, step: 'put-back' };
	if (flags.erase) return { slug, step: 'erase' };
	if (authority === undefined) return { slug, why: { ordered, authority: null } };
	const name = v.safeParse(authorityName, authority);
	if (!name.success) throw new NotNow('--authority: give a name of 1 to 200 characters, on one line.');
	return { slug, why: { ordered, authority: name.output } };
}

function parse(args: string[]) {
	const flag = { type: 'boolean', default: false } as const;
	const flags = { ordered: flag, 'own-decision': flag, 'put-back': flag, erase: flag };
	const options = { ...flags, authority: { type: 'string' } } as const;
	try {
		const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
		return { slug: positionals.length === 1 ? positionals[0] : undefined, ...values };
	} catch {
		throw new NotNow(USAGE);
	}
}

function known({ slug }: Asked, found: Found): Exclude<Found, 'unknown'> {
	if (found === 'unknown') throw new NotNow(`There is no released letter at /letters/${slug}/. Nothing was changed.`);
	return found;
}

function saidOfTaking(asked: Asked, found: Found): string {
	const before = known(asked, found);
	if (before !== 'shown') return `It is down since ${before.day}. The page gives the reason that you said now.`;
	return `/letters/${asked.slug}/ says that it was taken down, from now on: each node within two seconds (eleven where it is overloaded), caches within a minute. Mails to addressees that wait do not go out.
Its organizers see it at their desk, and by nothing else, and can take the whole folder along there. Nothing is erased; copies elsewhere are not touched.`;
}

function saidOfPuttingBack(asked: Asked, found: Found): string {
	const before = known(asked, found);
	if (before === 'shown') throw new NotNow('It is not down. Nothing was changed.');
	if (before.erased) throw new NotNow('It was erased here, and cannot be put back.');
	return `/letters/${asked.slug}/ is shown again, without whoever took their name off meanwhile.`;
}

function saidOfErasing(asked: Asked, { found, swept }: { found: Found; swept: boolean }): string {
	const before = known(asked, found);
	if (before === 'shown')
		throw new NotNow('Take it down first, and give its organizers time to take the folder along. Nothing was erased.');
	const done = before.erased
		? 'It was erased before.'
		: `Everything of the letter is erased, its organizers’ desk too. /letters/${asked.slug}/ goes on saying that it was taken down on ${before.day}.`;
	if (!swept)
		throw new NotNow(
			`${done} But somebody has been working in the same PostgreSQL for longer, such as a dump, so deleted rows still lie in its files. Run --erase again later.`,
		);
	return `${done} What was deleted has left the database’s files, but for signatures and proofs: those go when a server that runs writes their tables anew, within minutes. The write-ahead log keeps it until PostgreSQL uses its files again, and your last dump still has it: make a new one in its place.`;
}
