import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Group, TextDocument } from '../../shared/charter.ts';
import { comingDates } from '../../shared/client/calendar.ts';
import { earlierText, type OwnSignature } from '../../shared/client/own-signature.ts';
import type { Signer } from '../../shared/client/signer.ts';
import type { Appearance, SignerRecord } from '../../shared/client/signer-record.ts';
import { AppearsOtherwise } from '../../shared/client/signing.ts';
import { letterFit } from '../../shared/letter-fit.ts';
import type { FileSource } from '../../shared/lines.ts';
import type { MineFor } from '../../shared/mine.ts';
import './full-stop.ts';
import './how-you-appear.ts';
import { codeOf, fetchAhead, marking } from './later-steps.ts';
import { leaveQuickly } from './leave-quickly.ts';
import './work-address.ts';
import { groupOf, provesBy } from './proving-ways.ts';
import { afterAppearing, countOf, isProving, isStep, type Step, whereLeft } from './route.ts';
import { StepEvent, StopEvent } from './step-element.ts';
import { Walk } from './walk.ts';

/**
 * The steps after the letter, one at a time. `signer`: with a letter opened. `lasting`: whether the browser keeps anything. `mailLink`: the
 * secret of a link from the mail, if one led here. `readFile`: reads a published file, piece by piece. `erase`: everything that this site keeps in this
 * browser. `reopen`: asks anew where the letter on this page stands, where there is one.
 */
export class SignFlow extends Walk {
	static override properties = { ...Walk.properties, noTrace: { state: true } };
	declare signer: Signer;
	declare lasting: boolean;
	declare mailLink: string | null;
	declare noTrace: boolean;
	declare erase: () => Promise<void>;
	declare readFile: (path: string) => Promise<FileSource>;
	declare reopen: (() => Promise<void>) | null;
	#record: SignerRecord | null = null;
	#words: string[] = [];
	#own: OwnSignature = { state: 'none' };
	#earlier: TextDocument | null = null;
	#needsAddress = false;
	#onlyNamed = false;
	#problem = new Error('');

	constructor() {
		super();
		this.lasting = true;
		this.reopen = null;
		this.mailLink = null;
		this.noTrace = false;
		this.addEventListener('step', (event) => {
			if (!(event instanceof StepEvent)) return;
			if (event.step === 'reread') event.gone = this.#reread();
			if (event.step === 'letter') event.gone = this.#toLetter();
			if (!isStep(event.step)) return;
			// Whoever asks for a code is done with the link that led here.
			if (event.step === 'address') this.mailLink = null;
			event.gone = this.go(event.step);
		});
		this.addEventListener('stop', (event) => {
			if (event instanceof StopEvent) void this.stop(event.problem);
		});
	}

	/** From the letter on. */
	async begin(): Promise<void> {
		this.#onlyNamed = false;
		await this.go('appear');
	}

	/** Where one left off, after sending once more what was on its way. */
	async continue(): Promise<void> {
		// Before anything is sent: the words are shown only once.
		await codeOf('done');
		await this.signer.resume();
		const record = await this.signer.record();
		await this.go(whereLeft(record, await this.signer.needsProof()));
	}

	/** From here on with a signer that keeps nothing, under an address that says nothing. */
	keepNothing(signer: Signer): void {
		this.signer = signer;
		[this.lasting, this.noTrace, this.trail.quiet] = [false, true, true];
	}

	async stop(problem: Error): Promise<void> {
		this.#problem = problem;
		await this.replace('stop');
	}

	/** Reads what a step shows. @returns the step, or another where that one makes no sense any more: nobody is asked twice for a proof that was given, here or in another tab */
	protected override async prepare(step: Step): Promise<Step> {
		if (step === 'stop' || step === 'reading') return step;
		await codeOf(step);
		fetchAhead(step, this.signer);
		this.#record = await this.signer.record();
		const { appear, asked, address, signed } = this.#record;
		if (step === 'own') {
			// Nobody is left to ask once a letter is given up; what this device kept can be forgotten.
			if (this.signer.opened.view.state === 'abandoned') return step;
			if (this.#record.seed === null) return 'words';
			this.#own = await this.signer.own();
			this.#earlier = await earlierText(this.signer.opened, await this.signer.record());
			if (this.#earlier !== null) await marking();
		}
		// Somebody who goes back in the history may have forgotten the letter, or used other words, meanwhile.
		if (step === 'mine' && (this.#record.seed === null || this.signer.opened.view.state !== 'released'))
			return this.prepare('own');
		if (step === 'done') this.#words = (await this.signer.words()) ?? [];
		if (isProving(step)) {
			if (!appear) return 'appear';
			const needed = await this.signer.needsProof();
			if (!needed && step !== 'confirm') return this.prepare(signed ? 'own' : 'confirm');
			if (step === 'code' && (!asked || !address)) return 'address';
			this.#needsAddress = needed && appear.shown === 'named' && address === null;
		}
		return step;
	}

	get #groups(): Group[] {
		return this.signer.opened.standing?.charter.groups ?? [];
	}

	#appear = async (appear: Appearance): Promise<void> => {
		await this.signer.appear(appear);
		const { voucher } = await this.signer.record();
		const mailbox = provesBy(this.#groups, 'mailbox');
		const ways = { mailbox, mailLink: this.mailLink !== null, voucher: voucher !== null };
		await this.go(afterAppearing(await this.signer.needsProof(), ways));
	};

	#askForCode = async (address: string): Promise<void> => {
		// First, or whoever presses again would ask for a second mail.
		await codeOf('code');
		await this.signer.askForCode(address);
		await this.go('code');
	};

	#resend = (): Promise<void> => this.signer.askForCode(this.#record?.address?.normalForm ?? '');

	/** Proves if it is still needed, then signs: pressed again after a failure, it goes on from where it stopped. */
	async #sign(prove: () => Promise<void>): Promise<void> {
		await codeOf('done');
		const shown = this.#record?.appear ?? null;
		try {
			await this.signer.requireAppearance(shown);
			if (await this.signer.needsProof()) await prove();
			await this.signer.sign(shown);
		} catch (problem) {
			if (problem instanceof AppearsOtherwise) await this.show(this.step);
			throw problem;
		}
		this.mailLink = null;
		this.#onlyNamed = false;
		await this.replace((await this.signer.record()).unseen ? 'done' : 'own');
	}

	#confirm = async (address: string | null): Promise<void> => {
		const { mailLink } = this;
		if (mailLink === null && (await this.signer.needsProof())) return this.go('address');
		await this.#sign(() => this.signer.proveByLink(mailLink ?? '', address));
	};

	/** The letter's text was changed while a form was open: what was proven holds. */
	async #reread(): Promise<void> {
		await this.signer.openLetter(this.signer.opened.view.letter);
		await this.replace('confirm');
	}

	/** Its own page, as it is by now: under an address that says nothing where it has to; with the last part of the link where this browser does not keep it. */
	async #toLetter(): Promise<void> {
		const { link, root } = await this.signer.record();
		if (this.noTrace && this.reopen) return this.#backTo(this.reopen);
		location.assign(link === null ? '/s' : `/l/${link}${this.lasting ? '' : `#${root}`}`);
	}

	/** What is opened anew may be another letter than the link's, which stops everything. */
	async #backTo(reopen: () => Promise<void>): Promise<void> {
		await reopen();
		if (this.step !== 'stop') await this.replace('reading');
	}

	#finish = async (): Promise<void> => {
		await this.signer.wordsSeen();
		await this.replace('own');
		this.#words = [];
	};

	#withdraw = async (): Promise<void> => {
		await this.signer.withdraw();
		await this.show('own');
	};

	/** Also where the letter stands: what comes after it closed does not count. */
	#look = async (): Promise<void> => {
		await this.signer.openLetter(this.signer.opened.view.letter);
		await this.show('own');
	};

	#forget = async (): Promise<void> => {
		await this.signer.forget();
		if (this.noTrace) leaveQuickly();
		else location.assign('/');
	};

	#erase = async (): Promise<void> => {
		await this.erase();
		leaveQuickly();
	};

	#byName = async (): Promise<void> => {
		this.#onlyNamed = true;
		await this.go('appear');
	};

	#useWords = async (words: string): Promise<void> => {
		await this.signer.useWords(words);
		await this.replace('own');
	};

	#prove = async (mineFor: MineFor) => {
		const file = await this.readFile(`/letters/${this.signer.opened.view.slug}/release.json`);
		return this.signer.mine(file, mineFor);
	};

	protected override render(): TemplateResult | typeof nothing {
		const leave = this.noTrace ? html`<leave-quickly></leave-quickly>` : nothing;
		if (this.step === 'reading') return leave;
		const back = this.step !== 'done' && this.step !== 'stop';
		return html`${leave}<main class="flow"><nav>${back ? html`<button class="link" type="button" @click=${() => this.trail.back()}>${msg('Back')}</button>` : html`<span></span>`}<span>${countOf(this.step)}</span></nav>${this.#step()}</main>`;
	}

	#step(): TemplateResult | typeof nothing {
		const record = this.#record;
		if (this.step === 'stop') return html`<full-stop .problem=${this.#problem}></full-stop>`;
		const { charter, text = null } = this.signer.opened.standing ?? {};
		switch (this.step) {
			case 'appear':
				return html`${this.lasting ? nothing : html`<p class="note">${this.noTrace ? msg('Nothing is kept in this browser. Finish in one go, and write down the words at the end.') : msg('This browser keeps nothing, perhaps because the window is private. Finish in one go, and write down the words at the end.')}</p>`}<how-you-appear .given=${record?.appear ?? null} .labels=${charter?.labels ?? []} .fit=${charter && letterFit(charter)} .group=${groupOf(this.#groups, record)} .onlyNamed=${this.#onlyNamed} .atLeast=${this.signer.opened.view.atLeast} .enough=${this.signer.opened.view.enoughAnonymous} .submit=${this.#appear}></how-you-appear>`;
			case 'address':
				return html`<work-address .domains=${this.#groups.flatMap((group) => group.domains)} .given=${record?.address?.normalForm ?? ''} .vouchers=${provesBy(this.#groups, 'voucher')} .submit=${this.#askForCode}></work-address>`;
			case 'voucher':
				return html`<voucher-code .given=${record?.voucher ?? null} .group=${groupOf(this.#groups, record)} .mailbox=${provesBy(this.#groups, 'mailbox')} .appear=${record?.appear ?? null} .submit=${(voucher: string) => this.#sign(() => this.signer.proveByVoucher(voucher))}></voucher-code>`;
			case 'code':
				return html`<type-code .address=${record?.address?.normalForm ?? ''} .appear=${record?.appear ?? null} .group=${groupOf(this.#groups, record)} .vouchers=${provesBy(this.#groups, 'voucher')} .links=${charter?.codeOnly === false} .submit=${(code: string) => this.#sign(() => this.signer.proveByCode(code))} .resend=${this.#resend}></type-code>`;
			case 'confirm':
				return html`<confirm-signature .appear=${record?.appear ?? null} .group=${groupOf(this.#groups, record)} .needsAddress=${this.#needsAddress} .text=${text} .submit=${this.#confirm}></confirm-signature>`;
			case 'done':
				return html`<all-done .words=${this.#words} .lasting=${this.lasting} .calendar=${comingDates(this.signer.opened, new Date())} .finish=${this.#finish} .erase=${this.noTrace ? this.#erase : null}></all-done>`;
			case 'own':
				return html`<own-signature .own=${this.#own} .letter=${this.signer.opened.view.state} .text=${text} .earlier=${this.#earlier} .atLeast=${this.signer.opened.view.atLeast} .calendar=${comingDates(this.signer.opened, new Date())} .restored=${this.signer.opened.view.restored} .withdraw=${this.#withdraw} .signAgain=${() => this.begin()} .byName=${this.#byName} .forget=${this.#forget} .look=${this.#look}></own-signature>`;
			case 'mine':
				return html`<prove-mine .shown=${record?.signed?.shown ?? 'anonymous'} .prove=${this.#prove}></prove-mine>`;
			case 'words':
				return html`<enter-words .replaces=${record !== null && record.seed !== null} .submit=${this.#useWords}></enter-words>`;
			case 'lost':
				return html`<lost-words .opened=${this.signer.opened} .make=${() => this.signer.lostWords()}></lost-words>`;
			default:
				return nothing;
		}
	}
}

customElements.define('sign-flow', SignFlow);
declare global {
	interface HTMLElementTagNameMap {
		'sign-flow': SignFlow;
	}
}
