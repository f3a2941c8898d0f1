import { Resolver } from 'node:dns/promises';

/** No answer came, or the server could not look: nothing is known of the records. */
export class NoAnswer extends Error {
	override name = 'NoAnswer';
}

/** The TXT records of a name, each with its parts joined (RFC 7208, section 3.3); none where there is no such name. @throws NoAnswer */
export type LookUp = (name: string) => Promise<string[]>;

const absent = new Set(['ENOTFOUND', 'ENODATA']);

/** @param server such as `127.0.0.1:5353`; without it, those of this machine */
export function lookUpBy(server: string | undefined): LookUp {
	const resolver = new Resolver({ timeout: 3_000, tries: 2 });
	if (server !== undefined) resolver.setServers([server]);
	return async (name) => {
		try {
			return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
		} catch (failure) {
			const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown';
			if (absent.has(code)) return [];
			throw new NoAnswer(
				`The DNS gave no answer about ${name} (${code}). Try again, or name another server with --dns.`,
			);
		}
	};
}
