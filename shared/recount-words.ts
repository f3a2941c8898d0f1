/** The recount in plain sentences: the same on the command line and in the browser. */
import { shownFingerprint } from './charter.ts';
import { spell } from './pages/numbers.ts';
import type { CheckName, RecountCheck, RecountCounts, RecountReport } from './recount-report.ts';

/** What no file can show, whoever made it. */
export const CANNOT_SHOW: readonly string[] = [
	'that the host issued one credential for each mailbox, and no more',
	'that each mailbox is another person',
	'that nobody was left out: signers check that for themselves',
	'that no other release was approved',
	'that this is the charter that signers saw: compare the fingerprint with one of them, or with the organizers',
];

const TITLES: Record<CheckName, string> = {
	form: 'Form of the file',
	chain: 'Charters and their approvals',
	signatures: 'Signatures',
	tallies: 'Numbers',
	release: 'Approval of the release',
	host: 'Seal of the host',
};

/** What is checked while it is. */
export const CHECK_NOW: Record<CheckName, string> = {
	form: 'Reading the file',
	chain: 'Checking the charters and who approved them',
	signatures: 'Checking the signatures',
	tallies: 'Comparing the numbers with those that were approved',
	release: 'Checking who approved the release',
	host: 'Checking the seal of the host',
};

/** Number and sentence of one check. */
export function checkDetail(
	name: CheckName,
	ok: boolean | null | 'unreached',
	counted: RecountCounts,
): Pick<RecountCheck, 'counted' | 'detail'> {
	const { lines, charters, approvals, signatures, named, withdrawn, struck, attestations, conditions } = counted;
	if (ok === 'unreached') return { counted: 0, detail: 'Not reached.' };
	if (ok === null) return { counted: 0, detail: 'Not checked: release.json.jws is not at hand.' };
	switch (name) {
		case 'form':
			return { counted: lines, detail: `${count(lines, 'line')} read, each written the one way that is accepted.` };
		case 'chain':
			return {
				counted: charters,
				detail: `${count(charters, 'charter')}, approved by the organizers, with the texts that they name.`,
			};
		case 'signatures': {
			const stubs = withdrawn + struck;
			const left =
				stubs === 0 ? '' : ` ${spell(withdrawn)} of them withdrawn and ${spell(struck)} struck since the approval.`;
			return {
				counted: signatures,
				detail:
					`${count(signatures, 'signature')}, ${spell(named)} by name and ${spell(signatures - named)} anonymous. Each was made with a key of its own ` +
					`that holds a proof of its group, and no key counts twice. The host attests a proven mailbox behind ${count(attestations, 'name')}.${left}`,
			};
		}
		case 'tallies':
			return {
				counted: signatures,
				detail: `The numbers that were approved are those counted; ${count(conditions, 'condition')} of signers met; no group of anonymous signatures is too small.`,
			};
		case 'release':
			return {
				counted: approvals,
				detail: `Enough organizers approved exactly this list; ${count(approvals, 'approval')} verified in all.`,
			};
		case 'host':
			return { counted: 1, detail: 'The host that the charter names signed this very file.' };
	}
}

/** "✓ Signatures: …", with the fault's place for the check that failed. */
export function checkSentence(check: RecountCheck, fault: RecountReport['fault']): string {
	const title = TITLES[check.name];
	if (check.ok === false && fault !== null) return `✗ ${title}: ${faultSentence(fault)}`;
	return `${check.ok === null ? '–' : '✓'} ${title}: ${check.detail}`;
}

/** Place first, then what is wrong there. */
export function faultSentence(fault: NonNullable<RecountReport['fault']>): string {
	return `${fault.place}: ${fault.message} (${fault.code})`;
}

/** The whole report, a sentence for each line. @param beside what was checked of the files beside the release */
export function recountReport(report: RecountReport, beside: readonly string[] = []): string[] {
	return [
		...report.checks.map((check) => checkSentence(check, report.fault)),
		...beside,
		...(report.root === null ? [] : [`Fingerprint of the letter: ${shownFingerprint(report.root)}`]),
		...(report.fingerprint === null || report.fingerprint === report.root
			? []
			: [`Fingerprint of its last charter: ${shownFingerprint(report.fingerprint)}`]),
		report.ok ? 'This release holds.' : 'This release does not hold.',
		'What no file can show:',
		...report.cannotShow.map((one) => `  - ${one}`),
	];
}

function count(n: number, what: string): string {
	return `${spell(n)} ${what}${n === 1 ? '' : 's'}`;
}
