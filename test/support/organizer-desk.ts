/** An organizers' desk in memory: a letter of test/support/letter.ts, and a `Call` that keeps what its organizers hand over. For the client's side only. */
import type { DeskView } from '../../shared/api/desk.ts';
import type { LostWordsOnDesk } from '../../shared/api/lost-words.ts';
import { readCharter, readTextDocument } from '../../shared/charter.ts';
import type { Call } from '../../shared/client/call.ts';
import type { Standing } from '../../shared/client/deciding.ts';
import type { Sealed } from '../../shared/client/opening.ts';
import type { Organizer } from '../../shared/client/organizer.ts';
import { readStatement } from '../../shared/statement.ts';
import { buildLetter, type TestLetter, type TestLetterOptions } from './letter.ts';

type Handed = Record<string, unknown>;
const NOW = '2027-03-01T09:00:00Z';

export class OrganizerDesk {
	readonly letter: TestLetter;
	/** What PUT contribution and PUT release brought, by organizer. */
	readonly contributions = new Map<string, { keysHash: string; sealed: { to: string; sealed: string }[] }>();
	release: Handed | null = null;
	/** Requests of signers who lost their words. */
	readonly asked: LostWordsOnDesk[] = [];
	/** Keys of signatures that the server does not hand out any more. */
	readonly gone = new Set<string>();

	private constructor(letter: TestLetter) {
		this.letter = letter;
	}

	static async of(options: TestLetterOptions): Promise<OrganizerDesk> {
		return new OrganizerDesk(await buildLetter({ ...options, sealed: true }));
	}

	get standing(): Standing {
		const { root, fingerprint, charter, chain } = this.letter;
		const charters = chain.charters.map(readCharter);
		return { root, fingerprint, charter, charters, text: readTextDocument(chain.texts.at(-1) ?? '') };
	}

	organizer(at: number): Organizer {
		const one = this.letter.organizers[at];
		if (!one) throw new Error(`There is no organizer ${at}.`);
		const { id, name, secrets, seed } = one;
		return { id, letter: this.letter.charter.letter, name, key: secrets.key, secrets, seed };
	}

	/** As GET /api/desk/signatures hands them out. */
	get sealed(): Sealed[] {
		const all = this.letter.signers.map(({ opened: { contents: _, ...request }, sealed }) => ({
			request: {
				statement: request.statement,
				authenticator: request.authenticator,
				credential: request.credential,
				attestation: request.attestation,
				sealed: sealed ?? '',
			},
			statement: readStatement(request.statement),
		}));
		return all
			.filter(({ statement }) => !this.gone.has(statement.key))
			.sort((a, b) => (a.statement.key < b.statement.key ? -1 : 1));
	}

	/** What organizer `at` would reach. Pages hold three signatures. */
	call(at: number): Call {
		const me = this.organizer(at).id;
		return async (method, path, body) => {
			const [route = '', query = ''] = path.split('?after=');
			if (`${method} ${route}` === 'GET /api/desk/signatures') {
				const rest = this.sealed.filter(({ statement }) => query === '' || statement.key > query);
				const page = rest.slice(0, 3);
				return {
					signatures: page.map((one) => one.request),
					next: rest.length > 3 ? (page.at(-1)?.statement.key ?? null) : null,
				};
			}
			if (`${method} ${route}` === 'PUT /api/desk/contribution') {
				this.contributions.set(me, body as { keysHash: string; sealed: { to: string; sealed: string }[] });
				return null;
			}
			if (`${method} ${route}` === 'GET /api/desk/lost-words') return this.asked;
			if (`${method} ${route}` === 'GET /api/desk/contributions') {
				return [...this.contributions].flatMap(([from, { keysHash, sealed }]) =>
					sealed.filter(({ to }) => to === me).map((one) => ({ from, keysHash, sealed: one.sealed })),
				);
			}
			if (`${method} ${route}` === 'PUT /api/desk/release') {
				this.release = body as Handed;
				return null;
			}
			if (`${method} ${route}` === 'GET /api/desk/release' && this.release) {
				const { attempt, releaseHash, releaseAt, box, keys } = this.release;
				const own = (keys as { organizer: string; sealed: string }[]).find(({ organizer }) => organizer === me);
				return { attempt, releaseHash, releaseAt, box, key: own?.sealed };
			}
			throw new Error(`Nothing answers ${method} ${path}.`);
		};
	}

	/** The desk as organizer `at` sees it. */
	view(at: number, change: Partial<DeskView> = {}): DeskView {
		const { charter, chain, facts } = this.letter;
		const { id, name } = this.organizer(at);
		return {
			you: { organizer: id, name },
			letter: {
				id: charter.letter,
				state: 'review',
				now: NOW,
				closesAt: charter.closesAt,
				lastCallUntil: '2027-02-28T09:00:00Z',
				releaseAt: null,
				expiresOn: charter.expiresOn,
				draftExpiresOn: null,
				restored: null,
				takeDowns: [],
				slug: null,
			},
			draft: null,
			organizers: charter.organizers.map((one) => ({ ...one, passkey: true, wordsChecked: true, stopUsed: false })),
			suspensions: [],
			day: null,
			invitations: [],
			readiness: {
				testNames: charter.organizers.map((one) => ({ organizer: one.id, sealer: id, sealed: '', opened: true })),
				testMails: [],
				compared: [],
			},
			chain,
			amendment: null,
			amendmentsDropped: [],
			links: [],
			embargoLinks: [],
			voucherBatches: [],
			progress: [],
			soFar: { signatures: 0, days: [], proofs: [], refused: 0 },
			roster: { perMinute: 60, mailings: [] },
			decisions: [],
			issued: facts.issuedCounts.map((counts) => ({ lapsed: 0, ...counts })),
			counts: { live: this.sealed.length, withdrawnInLastCall: 0 },
			contributed: [...this.contributions.keys()],
			strikes: [],
			withdrawn: [],
			release: null,
			releaseChanges: [],
			deliveries: [],
			posts: [],
			lateStrikes: [],
			...change,
		};
	}
}
