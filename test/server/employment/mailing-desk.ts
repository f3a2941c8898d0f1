/** Organizers of an open letter who want to write to everybody on a list. */
import { type Call, Refused } from '../../../shared/client/call.ts';
import { readStanding } from '../../../shared/client/deciding.ts';
import {
	approveMailing,
	type MailingOnDesk,
	proposeMailing,
	readMailings,
	takeMailingBack,
	turnMailing,
} from '../../../shared/client/mailing.ts';
import { readDesk } from '../../../shared/client/organizer.ts';
import type { OpenLetter } from '../../support/open-letter.ts';
import type { TestServer } from '../../support/server.ts';
import { ask } from './asking.ts';

/** So many people of Northwind, in order. */
export const staffList = (count: number): string[] =>
	Array.from({ length: count }, (_, i) => `quillfeather.${String(i).padStart(4, '0')}@northwind.example`);

export class MailingSeat {
	readonly call: Call;
	readonly #letter: OpenLetter;
	readonly #by: number;

	private constructor(letter: OpenLetter, by: number, call: Call) {
		this.#letter = letter;
		this.#by = by;
		this.call = call;
	}

	static async at(server: TestServer, letter: OpenLetter, by: number): Promise<MailingSeat> {
		const cookie = await letter.cookie(by);
		const call: Call = async (method, path, body) => {
			const answer = await ask(server, path, body, { method, headers: { cookie } });
			if (answer.status < 400) return Object.keys(answer.body).length === 0 ? undefined : answer.body;
			throw new Refused(answer.code as Refused['code'], answer.status, answer.detail ?? '');
		};
		return new MailingSeat(letter, by, call);
	}

	get organizer() {
		const { id, secrets } = this.#letter.organizers[this.#by] ?? this.#letter.organizers[0] ?? none();
		const letter = this.#letter.id;
		return { id, letter, name: `Organizer ${this.#by + 1}`, key: secrets.key, secrets, seed: new Uint8Array(32) };
	}

	standing = async () => readStanding(await readDesk(this.call), this.#letter.root);
	mailings = async (): Promise<MailingOnDesk[]> => readMailings(await readDesk(this.call), await this.standing());

	/** The one that is proposed or on its way; else the only one. */
	async mailing(): Promise<MailingOnDesk> {
		const all = await this.mailings();
		return all.find(({ state }) => state !== 'stopped' && state !== 'done') ?? all[0] ?? none();
	}

	propose = async (addresses: string[], note = 'From the staff directory, by hand') =>
		proposeMailing(this.call, this.organizer, await this.standing(), { addresses, note });
	approve = async () => approveMailing(this.call, this.organizer, await this.standing(), await this.mailing());
	back = async () => takeMailingBack(this.call, await this.mailing());
	turn = async (to: 'sending' | 'paused' | 'stopped') => turnMailing(this.call, await this.mailing(), to);
}

function none(): never {
	throw new Error('there is none');
}

/** One after the other, a minute apart, until so many minutes are over. */
export async function minutesPass(server: TestServer, minutes: number): Promise<void> {
	for (let minute = 0; minute < minutes; minute++) {
		server.clock.advance(1);
		await server.due();
	}
}
