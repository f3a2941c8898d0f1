/** People who sign one after the other, as long as they are let: each begins again where no answer comes or the server says that it cannot. */
import { setTimeout as pause } from 'node:timers/promises';
import { httpCall } from '../../server/command/client/http-call.ts';
import { fromB64u } from '../../shared/bytes.ts';
import { type Call, Refused, Unanswered } from '../../shared/client/call.ts';
import { readInviteLink } from '../../shared/client/invite-link.ts';
import { memoryKeep } from '../../shared/client/keep.ts';
import { Signer } from '../../shared/client/signer.ts';
import { signerKeys } from '../../shared/keys.ts';
import type { Relay } from '../support/relay.ts';
import { codeIn } from '../support/world.ts';

interface At {
	origin: string;
	relay: Relay;
	invite: string;
	now: () => Date;
	/** Of a letter with vouchers: every other person has one. */
	vouchers?: string[];
	/** Milliseconds after which somebody asks for another code, where a server that dies takes mails along. */
	noMail?: number;
}

export interface Answered {
	code: string;
	status: number;
	retryAfter: number | null;
	milliseconds: number;
}

/** A mailbox gets three mails; whoever lost them all to faults comes back another day. */
const MOST_MAILS = 3;
/** Much longer than a mail takes here. */
const NO_MAIL_MS = 30_000;

export class SigningLoad {
	readonly #at: At;
	#people = 0;
	#running: Promise<unknown> = Promise.resolve();
	#stopped = false;
	/** Everybody whose signature the server acknowledged. */
	readonly signed: { signer: Signer; key: string }[] = [];
	/** Every refusal that somebody got. */
	readonly refusals: Answered[] = [];
	/** Requests to which no answer came. */
	unanswered = 0;
	/** Paths of requests that wait for their answer. */
	readonly inFlight: string[] = [];

	constructor(at: At) {
		this.#at = at;
	}

	/** So many sign side by side. */
	start(abreast: number): void {
		const one = async () => {
			while (!this.#stopped) await this.#sign(this.#people++);
		};
		this.#running = Promise.all(Array.from({ length: abreast }, one));
		// Whoever stops it hears of a failure; until then it is no unhandled one.
		this.#running.catch(() => {});
	}

	/** Whoever has begun finishes. */
	async stop(): Promise<void> {
		this.#stopped = true;
		await this.#running;
	}

	async #sign(number: number): Promise<void> {
		const call = this.#watched(httpCall(this.#at.origin, { 'x-forwarded-for': `10.1.${number >> 8}.${number & 255}` }));
		const signer = new Signer({ call, keep: memoryKeep(), now: this.#at.now });
		const at = readInviteLink(this.#at.invite);
		await this.#patiently(() => signer.open(at?.link ?? '', at?.root ?? null));
		const voucher = number % 2 === 1 ? this.#at.vouchers?.pop() : undefined;
		const named = number % 4 < 2;
		await signer.appear(
			named
				? { shown: 'named', name: `Nora Named ${number}`, title: '', condition: null }
				: { shown: 'anonymous', label: null, condition: null },
		);
		if (voucher !== undefined) await this.#patiently(() => onceMore(signer, () => signer.proveByVoucher(voucher)));
		else if (!(await this.#proveByMail(signer, `person.${number}@northwind.example`))) return;
		await this.#patiently(() => onceMore(signer, () => signer.sign()));
		const { seed } = await signer.record();
		const { publicKey } = await signerKeys(fromB64u(seed ?? '', 16), signer.opened.root);
		this.signed.push({ signer, key: publicKey });
	}

	/** @returns false where every mail of three was lost */
	async #proveByMail(signer: Signer, address: string): Promise<boolean> {
		const { relay } = this.#at;
		const tried = new Set<string>();
		for (let mail = 0; mail < MOST_MAILS; mail++) {
			await this.#patiently(() => signer.askForCode(address));
			for (let waited = 0; waited < (this.#at.noMail ?? NO_MAIL_MS); waited += 20) {
				const come = relay.mails.flatMap(({ to, text }) => (to.includes(address) ? [codeIn(text)] : []));
				for (const code of come.filter((one) => !tried.has(one))) {
					tried.add(code);
					await this.#patiently(() => onceMore(signer, () => signer.proveByCode(code))).catch(unlessWrongCode);
					if ((await signer.record()).proved) return true;
				}
				await pause(20);
			}
		}
		return false;
	}

	#watched(inner: Call): Call {
		return async (method, path, body) => {
			const began = performance.now();
			this.inFlight.push(path);
			try {
				return await inner(method, path, body);
			} catch (failure) {
				const milliseconds = performance.now() - began;
				if (failure instanceof Refused) {
					const { code, status, retryAfter } = failure;
					this.refusals.push({ code, status, retryAfter, milliseconds });
				} else this.unanswered++;
				throw failure;
			} finally {
				this.inFlight.splice(this.inFlight.indexOf(path), 1);
			}
		};
	}

	/** Presses the same button again, as people do. */
	async #patiently<T>(step: () => Promise<T>): Promise<T> {
		for (;;) {
			try {
				return await step();
			} catch (failure) {
				// 502: a proxy, whose server has died.
				const told = failure instanceof Refused && [502, 503].includes(failure.status);
				if (!told && !(failure instanceof Unanswered)) throw failure;
				await pause(told ? 1_000 : 50);
			}
		}
	}
}

/** What was on its way is sent once more, as it was; else the step begins. */
async function onceMore(signer: Signer, begin: () => Promise<void>): Promise<void> {
	if (!(await signer.resume())) await begin();
}

/** Of a mail that another of the three has overtaken. */
function unlessWrongCode(failure: unknown): void {
	if (!(failure instanceof Refused) || failure.code !== 'code-wrong') throw failure;
}
