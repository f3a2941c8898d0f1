/** Brings the signer's pages to life: /l/LINK, /v and /s. The only place here that knows how requests are sent and where things are kept. */
import { msg } from '@lit/localize';
import { Refused, Unanswered } from '../../shared/client/call.ts';
import { readFragment, readMailSecret } from '../../shared/client/invite-link.ts';
import { type Keep, memoryKeep } from '../../shared/client/keep.ts';
import { Signer, WithoutFingerprint } from '../../shared/client/signer.ts';
import { languageNow } from '../../shared/pages/numbers.ts';
import { apiClient, fetchFile } from '../api-client.ts';
import { checkShownText, fetchForCheck } from './check-text.ts';
import { openDeviceKeep } from './device-keep.ts';
import './find-signature.ts';
import { speakAsThePage } from './language.ts';
import './mail-link.ts';
import { explain, isStop } from './problems.ts';
import './sign-flow.ts';
import './sign-start.ts';
import { StepEvent, StopEvent } from './step-element.ts';

async function begin(): Promise<void> {
	await speakAsThePage();
	spellTimes();
	const flow = document.querySelector('sign-flow');
	if (!flow) return;
	const { keep, lasting } = await openDeviceKeep();
	flow.signer = signerWith(keep);
	flow.erase = async () => void (await apiClient('same-origin')('POST', '/api/leave', {}));
	flow.lasting = lasting;
	flow.readFile = fetchFile;
	const start = document.querySelector('sign-start');
	const mail = document.querySelector('mail-link');
	const find = document.querySelector('find-signature');
	const host = start?.closest<HTMLElement>('#reading') ?? mail ?? find;
	flow.addEventListener('shown', (event) => {
		if (host && event instanceof CustomEvent) host.hidden = event.detail !== 'reading';
	});
	host?.addEventListener('stop', (event) => {
		if (event instanceof StopEvent) void flow.stop(event.problem);
	});
	if (start) await atLetter(flow, start);
	if (mail) await fromMail(flow, mail);
	if (find) await atSigned(flow, find);
}

type Flow = HTMLElementTagNameMap['sign-flow'];

const signerWith = (keep: Keep) => new Signer({ call: apiClient('omit'), keep, now: () => new Date() });

async function atLetter(flow: Flow, start: HTMLElementTagNameMap['sign-start']): Promise<void> {
	const link = location.pathname.split('/')[2] ?? '';
	const article = document.querySelector('article');
	// Read once: a reference that is followed within the letter puts a fragment of its own into the address bar.
	const fragment = readFragment(location.hash);
	const root = fragment?.root ?? null;
	// Whoever copies the link from the address bar, to hand it on, keeps the voucher.
	if (fragment?.voucher) history.replaceState(history.state, '', `#${root}`);
	keepFragment(root);
	const open = async () => {
		start.start = 'checking';
		if (article) fetchForCheck();
		try {
			const opened = await flow.signer.open(link, root);
			if (article && opened.standing) await checkShownText(article, opened.standing.text);
			if (fragment?.voucher && opened.view.state === 'open') await flow.signer.offerVoucher(fragment.voucher);
			const { signed, appear, seed, voucher, unseen, proved, proving, pending } = await flow.signer.record();
			// A key that nothing was proven for is worth nothing once signing is over.
			const useless = seed === null || (opened.view.state !== 'open' && proved === null);
			start.mayForget = appear !== null && useless;
			start.voucher = voucher !== null;
			[start.mayLook, start.pending] = [seed !== null, pending !== null];
			const underWay = (proving ?? pending) !== null && opened.view.state === 'open';
			if (signed && !underWay) start.start = unseen ? 'unfinished' : 'signed';
			else if (opened.view.state !== 'open') start.start = 'over';
			else start.start = appear ? 'begun' : 'fresh';
		} catch (problem) {
			if (isStop(problem)) await flow.stop(problem);
			else if (problem instanceof WithoutFingerprint) start.start = article ? 'cut' : 'nothing';
			else [start.start, start.message] = ['unanswered', explain(problem).message];
		}
	};
	start.again = open;
	flow.reopen = async () => {
		await open();
		if (start.start === 'over') start.message = msg('Signing of this letter has ended.');
	};
	start.addEventListener('step', (event) => {
		if (!(event instanceof StepEvent)) return;
		const steps: Record<string, () => Promise<void>> = {
			begin: () => flow.begin(),
			'keep-nothing': async () => {
				// Opening the letter wrote down which link it was; nobody has typed anything yet.
				const { voucher } = await flow.signer.record();
				const nowhere = signerWith(memoryKeep());
				// The link may have come without its last part, which this browser knew.
				await nowhere.open(link, flow.signer.opened.root);
				if (voucher !== null) await nowhere.offerVoucher(voucher);
				await flow.signer.forget();
				flow.keepNothing(nowhere);
				await flow.begin();
			},
			continue: () => flow.continue(),
			own: () => flow.go('own'),
			forget: async () => {
				const { state } = flow.signer.opened.view;
				await flow.signer.forget();
				[start.start, start.voucher, start.mayForget] = [state === 'open' ? 'fresh' : 'over', false, false];
			},
		};
		event.gone = (steps[event.step]?.() ?? event.gone).catch((problem: unknown) => {
			if (isStop(problem)) return flow.stop(problem);
			[start.start, start.message] = ['unanswered', explain(problem).message];
		});
	});
	await open();
}

async function fromMail(flow: Flow, mail: HTMLElementTagNameMap['mail-link']): Promise<void> {
	const secret = readMailSecret(location.hash);
	// Out of the address bar at once: histories are kept, and read by others.
	history.replaceState(null, '', location.pathname);
	const { signer } = flow;
	if (secret === null) {
		mail.arrival = 'cut';
		return;
	}
	flow.mailLink = secret;
	const goOn = async () => ((await signer.record()).appear ? flow.go('confirm') : flow.begin());
	mail.begin = goOn;
	const look = async () => {
		mail.arrival = 'looking';
		try {
			const { letter } = await signer.follow(secret);
			mail.openLink = async ({ link, root }) => {
				const opened = await signer.open(link, root);
				if (opened.view.letter === letter) await goOn();
				else throw new Unanswered(msg('This mail belongs to another letter than that link.'));
			};
			mail.arrival = await signer.openLetter(letter).then(
				() => 'known' as const,
				(problem: unknown) => {
					if (problem instanceof WithoutFingerprint) return 'stranger' as const;
					throw problem;
				},
			);
		} catch (problem) {
			if (isStop(problem)) return flow.stop(problem);
			// What stands in the mail is in this page’s memory only, so a server that is away must not cost it.
			const ended = problem instanceof Refused && problem.status < 500 && problem.code !== 'too-many-requests';
			[mail.arrival, mail.message] = [ended ? 'ended' : 'unanswered', explain(problem).message];
		}
	};
	mail.again = look;
	await look();
}

async function atSigned(flow: Flow, find: HTMLElementTagNameMap['find-signature']): Promise<void> {
	const { signer } = flow;
	find.openLetter = async (letter) => {
		await signer.openLetter(letter);
		await flow.go('own');
	};
	find.openLink = async ({ link, root }) => {
		await signer.open(link, root).catch(askForAnotherLink);
		await flow.go('own');
	};
	find.letters = (await signer.remembered()).map((record) => record.letter);
}

/**
 * The last part of the link stays in the address bar, for whoever copies or reloads the page: a reference that is followed within the letter
 * would take its place. Another link pasted over this one changes nothing but the fragment, and is opened as a page of its own.
 */
function keepFragment(root: string | null): void {
	addEventListener('hashchange', () => {
		const now = readFragment(location.hash);
		if (now !== null && (now.root !== root || now.voucher !== null)) location.reload();
		else if (now === null && root !== null && location.hash !== '') history.replaceState(history.state, '', `#${root}`);
	});
}

/** A link that leaked is revoked, and those who signed through it come back with the words. */
function askForAnotherLink(problem: unknown): never {
	if (!(problem instanceof Refused && problem.status === 404)) throw problem;
	throw new Unanswered(
		msg('This link leads nowhere. Any other link to the same letter will do: ask whoever gave you this one.'),
	);
}

/** The server writes UTC; people read their own time. */
function spellTimes(): void {
	const spelled = new Intl.DateTimeFormat(languageNow(), { dateStyle: 'long', timeStyle: 'short' });
	for (const time of document.querySelectorAll('time')) time.textContent = spelled.format(new Date(time.dateTime));
}

void begin();
