/** The recount in plain sentences: the same on the command line and in the browser. */
import { shownFingerprint } from './charter.ts';
import { msg, str } from './locales/say.ts';
import { spell, spellMoment } from './pages/numbers.ts';
import type { CheckName, RecountCheck, RecountCounts, RecountReport, WhichLetter } from './recount-report.ts';

/** What no file can show, whoever made it. */
export const cannotShow = (): string[] => [
	msg('that the host issued one credential for each mailbox, and no more'),
	msg('that each mailbox is another person'),
	msg('that nobody was left out: signers check that for themselves'),
	msg('that no other release was approved'),
	msg('that this is the charter that signers saw: compare the fingerprint with one of them, or with the organizers'),
	msg('that the pages, the PDF and the tables beside the file say the same: look names up in the file itself'),
	msg('that it is the newest copy: whoever withdrew or was struck after it was made still stands in it'),
	msg('that its organizers did not stop it before its minute'),
];

/** Which letter it is, for whoever read it on a page: that page was not compared. What each part is, and what it says. */
export const whichLetter = ({ title, addressees, slug, releaseAt }: WhichLetter): [string, string][] => [
	[msg('Title'), oneLine(title)],
	...(addressees === '' ? [] : [[msg('To'), oneLine(addressees)] satisfies [string, string]]),
	[msg('Address'), `/letters/${slug}/`],
	[msg('Released'), spellMoment(releaseAt)],
];

/** Nothing that a terminal would obey, or that moves what stands after it. */
const oneLine = (text: string) => text.replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const TITLES: Record<CheckName, () => string> = {
	form: () => msg('Form of the file'),
	chain: () => msg('Charters and their approvals'),
	signatures: () => msg('Signatures'),
	tallies: () => msg('Numbers'),
	release: () => msg('Approval of the release'),
	host: () => msg('Seal of the host'),
};

/** What is checked while it is. */
export const CHECK_NOW: Record<CheckName, () => string> = {
	form: () => msg('Reading the file'),
	chain: () => msg('Checking the charters and who approved them'),
	signatures: () => msg('Checking the signatures'),
	tallies: () => msg('Comparing the numbers with those that were approved'),
	release: () => msg('Checking who approved the release'),
	host: () => msg('Checking the seal of the host'),
};

/** Number and sentence of one check. */
export function checkDetail(
	name: CheckName,
	ok: boolean | null | 'unreached',
	counted: RecountCounts,
): Pick<RecountCheck, 'counted' | 'detail'> {
	const { lines, charters, approvals, signatures } = counted;
	if (ok === 'unreached') return { counted: 0, detail: msg('Not reached.') };
	if (ok === null) return { counted: 0, detail: msg('Not checked: release.json.jws is not at hand.') };
	switch (name) {
		case 'form':
			return { counted: lines, detail: formDetail(lines) };
		case 'chain':
			return { counted: charters, detail: chainDetail(charters) };
		case 'signatures':
			return { counted: signatures, detail: signaturesDetail(counted) };
		case 'tallies':
			return { counted: signatures, detail: talliesDetail(counted) };
		case 'release':
			return { counted: approvals, detail: releaseDetail(approvals) };
		case 'host':
			return { counted: 1, detail: msg('The host that the charter names signed this very file.') };
	}
}

const formDetail = (lines: number): string =>
	lines === 1
		? msg('1 line read, each written the one way that is accepted.')
		: msg(str`${spell(lines)} lines read, each written the one way that is accepted.`);

const chainDetail = (charters: number): string =>
	charters === 1
		? msg('1 charter, approved by the organizers, with the texts that they name.')
		: msg(str`${spell(charters)} charters, approved by the organizers, with the texts that they name.`);

function signaturesDetail({ signatures, named, withdrawn, struck, attestations }: RecountCounts): string {
	const [byName, anonymous] = [spell(named), spell(signatures - named)];
	return [
		signatures === 1
			? msg(str`1 signature, ${byName} by name and ${anonymous} anonymous.`)
			: msg(str`${spell(signatures)} signatures, ${byName} by name and ${anonymous} anonymous.`),
		msg('Each was made with a key of its own that holds a proof of its group, and no key counts twice.'),
		attestations === 1
			? msg('The host attests a proven mailbox behind 1 name.')
			: msg(str`The host attests a proven mailbox behind ${spell(attestations)} names.`),
		...(withdrawn + struck === 0
			? []
			: [msg(str`${spell(withdrawn)} of them withdrawn and ${spell(struck)} struck since the approval.`)]),
	].join(' ');
}

const talliesDetail = ({ conditions, beyondLimit }: RecountCounts): string =>
	[
		numbersDetail(conditions),
		...(beyondLimit === 0
			? []
			: [
					msg(
						'The host states more vouchers than the charter allows, as it may have to after a restore from a copy; no more signatures than that stand there.',
					),
				]),
	].join(' ');

const numbersDetail = (conditions: number): string =>
	conditions === 1
		? msg(
				'The numbers that were approved are those counted; 1 condition of signers met; no group of anonymous signatures is too small.',
			)
		: msg(
				str`The numbers that were approved are those counted; ${spell(conditions)} conditions of signers met; no group of anonymous signatures is too small.`,
			);

const releaseDetail = (approvals: number): string =>
	approvals === 1
		? msg('Enough organizers approved exactly this list; 1 approval verified in all.')
		: msg(str`Enough organizers approved exactly this list; ${spell(approvals)} approvals verified in all.`);

/** "✓ Signatures: …", with the fault's place for the check that failed. */
export function checkSentence(check: RecountCheck, fault: RecountReport['fault']): string {
	const title = TITLES[check.name]();
	if (check.ok === false && fault !== null) return `✗ ${title}: ${faultSentence(fault)}`;
	return `${check.ok === null ? '–' : '✓'} ${title}: ${check.detail}`;
}

/** Place first, then what is wrong there. */
export function faultSentence(fault: NonNullable<RecountReport['fault']>): string {
	return `${fault.place}: ${fault.message} (${fault.code})`;
}

/**
 * The whole report, a sentence for each line: on the command line, in English.
 * @param beside what was checked of the files beside the release. @param besideHolds whether all of that holds
 */
export function recountReport(report: RecountReport, beside: readonly string[] = [], besideHolds = true): string[] {
	const holds = besideHolds ? 'This release holds.' : 'This release holds, but what lies beside it does not.';
	return [
		...report.checks.map((check) => checkSentence(check, report.fault)),
		...beside,
		...(report.letter === null ? [] : whichLetter(report.letter).map((part) => part.join(': '))),
		...(report.root === null ? [] : [`Fingerprint of the letter: ${shownFingerprint(report.root)}`]),
		...(report.fingerprint === null || report.fingerprint === report.root
			? []
			: [`Fingerprint of its last charter: ${shownFingerprint(report.fingerprint)}`]),
		report.ok ? holds : 'This release does not hold.',
		'What no file can show:',
		...report.cannotShow.map((one) => `  - ${one}`),
	];
}
