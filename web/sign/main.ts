/** Brings the signer's pages to life: /l/LINK, /v and /s. The only place here that knows how requests are sent and where things are kept. */
import { Refused, Unanswered } from '../../shared/client/call.ts';
import type { OpenedLetter } from '../../shared/client/held-letter.ts';
import { readFragment } from '../../shared/client/invite-link.ts';
import { Signer, WithoutFingerprint } from '../../shared/client/signer.ts';
import { apiClient } from '../api-client.ts';
import { checkShownText } from './check-text.ts';
import { openDeviceKeep } from './device-keep.ts';
import './find-signature.ts';
import './mail-link.ts';
import { explain, isStop } from './problems.ts';
import './sign-flow.ts';
import './sign-start.ts';
import { StepEvent, StopEvent } from './step-element.ts';

async function begin(): Promise<void> {
	spellTimes();
	const flow = document.querySelector('sign-flow');
	if (!flow) return;
	const { keep, lasting } = await openDeviceKeep();
	flow.signer = new Signer({ call: apiClient('omit'), keep, now: () => new Date() });
	flow.lasting = lasting;
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

async function atLetter(flow: Flow, start: HTMLElementTagNameMap['sign-start']): Promise<void> {
	const link = location.pathname.split('/')[2] ?? '';
	const article = document.querySelector('article');
	const open = async () => {
		start.start = 'checking';
		try {
			const opened = await flow.signer.open(link, readFragment(location.hash));
			if (article && opened.standing) await checkShownText(article, opened.standing.text);
			const { signed, appear } = await flow.signer.record();
			if (signed) start.start = 'signed';
			else if (opened.view.state !== 'open') start.start = 'over';
			else start.start = appear ? 'begun' : 'fresh';
		} catch (problem) {
			if (isStop(problem)) await flow.stop(problem);
			else if (problem instanceof WithoutFingerprint) start.start = article ? 'cut' : 'nothing';
			else [start.start, start.message] = ['unanswered', explain(problem).message];
		}
	};
	start.again = open;
	start.addEventListener('step', (event) => {
		if (!(event instanceof StepEvent)) return;
		const steps: Record<string, () => Promise<void>> = {
			begin: () => flow.begin(),
			continue: () => flow.continue(),
			own: () => flow.go('own'),
		};
		steps[event.step]?.().catch((problem: unknown) => {
			if (isStop(problem)) return flow.stop(problem);
			[start.start, start.message] = ['unanswered', explain(problem).message];
		});
	});
	await open();
}

async function fromMail(flow: Flow, mail: HTMLElementTagNameMap['mail-link']): Promise<void> {
	const secret = location.hash.slice(1);
	// Out of the address bar at once: histories are kept, and read by others.
	history.replaceState(null, '', location.pathname);
	const { signer } = flow;
	flow.mailLink = secret;
	const goOn = async () => ((await signer.record()).appear ? flow.go('confirm') : flow.begin());
	mail.begin = goOn;
	try {
		const { letter } = await signer.follow(secret);
		mail.openLink = async ({ link, root }) => {
			const opened = await signer.open(link, root);
			if (opened.view.letter === letter) await goOn();
			else throw new Unanswered('This mail belongs to another letter than that link.');
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
		[mail.arrival, mail.message] = ['ended', explain(problem).message];
	}
}

async function atSigned(flow: Flow, find: HTMLElementTagNameMap['find-signature']): Promise<void> {
	const { signer } = flow;
	const goOn = async ({ view }: OpenedLetter) => {
		const { link } = await signer.record();
		// The letter's own page says that it was given up.
		if (view.state === 'abandoned' && link !== null) location.assign(`/l/${link}`);
		else await flow.go('own');
	};
	find.openLetter = async (letter) => goOn(await signer.openLetter(letter));
	find.openLink = async ({ link, root }) => goOn(await signer.open(link, root).catch(askForAnotherLink));
	find.letters = (await signer.remembered()).map((record) => record.letter);
}

/** A link that leaked is revoked, and those who signed through it come back with the words. */
function askForAnotherLink(problem: unknown): never {
	if (!(problem instanceof Refused && problem.status === 404)) throw problem;
	throw new Unanswered(
		'This link leads nowhere. Any other link to the same letter will do: ask whoever gave you this one.',
	);
}

/** The server writes UTC; people read their own time. */
function spellTimes(): void {
	const spelled = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });
	for (const time of document.querySelectorAll('time')) time.textContent = spelled.format(new Date(time.dateTime));
}

void begin();
