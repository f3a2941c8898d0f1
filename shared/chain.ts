/**
 * The one check of a letter's charters, which the signer's browser, the desk and the recount use (docs/protocol.md, section 2).
 * It stops per-signer issuer keys, swapped organizers and swapped text: test/shared/chain.test.ts.
 */
import { type Approval, requireApprovals } from './approval.ts';
import {
	type Charter,
	checkCharter,
	fingerprint,
	readCharter,
	readTextDocument,
	type TextDocument,
	textHash,
} from './charter.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';

/** Documents as the strings that were signed; `approvals[i]` are those of `charters[i]`. */
export type Chain = { charters: string[]; approvals: Approval[][]; texts: string[] };

export type CheckedChain = {
	/** b64u of 32 bytes. */
	root: string;
	first: Charter;
	/** The last charter: the one in force. */
	charter: Charter;
	charters: Charter[];
	/** Of the last charter, b64u. */
	fingerprint: string;
	/** The text in force. */
	text: TextDocument;
};

/** What an amendment may change. */
const AMENDABLE = ['previous', 'text', 'closesAt', 'headcounts'] as const;

/**
 * @param root from the fragment of the invite link, b64u; null takes the first charter's, for a file that is read by itself
 * @throws Fault `chain-*`, `approval-*`, or of the charter that does not hold; the place begins with its number
 */
export async function checkChain(root: string | null, chain: Chain): Promise<CheckedChain> {
	if (chain.charters.length === 0 || chain.charters.length > LIMITS.charters) {
		throw new Fault('chain-root', 'charters', `A chain has 1 to ${LIMITS.charters} charters.`);
	}
	if (chain.approvals.length !== chain.charters.length) {
		throw new Fault('approval-missing', 'approvals', 'Each charter has its own list of approvals.');
	}
	const start = await fingerprint(chain.charters[0] ?? '');
	if (root !== null && root !== start) {
		throw new Fault('chain-root', 'charter 1', 'This charter does not have the fingerprint of the invite link.');
	}

	const charters: Charter[] = [];
	let last = start;
	for (const [i, source] of chain.charters.entries()) {
		const print = await fingerprint(source);
		const charter = await within(`charter ${i + 1}`, async () => {
			const charter = readCharter(source);
			checkCharter(charter);
			requireSuccessor(charter, charters, last);
			// The organizers and the threshold cannot change, so those of this charter are those of the one before.
			const kind = charters.length > 0 ? 'amendment' : 'charter';
			await requireApprovals(charter, chain.approvals[i] ?? [], { kind, root: start, subject: print });
			return charter;
		});
		charters.push(charter);
		last = print;
	}

	const text = await checkTexts(chain.texts, charters);
	const [first, charter] = [charters[0], charters.at(-1)];
	if (!first || !charter) throw new Fault('chain-root', 'charters', 'A chain has a first charter.');
	return { root: start, first, charter, charters, fingerprint: last, text };
}

/**
 * Unless `charter` may follow `earlier`, the last of which has the fingerprint `previous`.
 * @throws Fault `chain-previous`, `chain-changed`, `chain-text`
 */
export function requireSuccessor(charter: Charter, earlier: readonly Charter[], previous: string): void {
	const before = earlier.at(-1);
	if (charter.previous !== (before ? previous : null)) {
		throw new Fault('chain-previous', 'previous', 'This charter does not name the one before it.');
	}
	if (!before) return;
	for (const field of Object.keys(charter) as (keyof Charter)[]) {
		// Both were read by the same schema, so equal values are written alike.
		const same = JSON.stringify(charter[field]) === JSON.stringify(before[field]);
		if (!same && !AMENDABLE.some((one) => one === field)) {
			throw new Fault(
				'chain-changed',
				field,
				`An amendment changes only ${AMENDABLE.slice(1).join(', ')}; this one changes ${field}.`,
			);
		}
	}
	// Who signed a text that was replaced was told that doing nothing keeps them off the list: it would put them back.
	if (charter.text !== before.text && earlier.some(({ text }) => text === charter.text)) {
		throw new Fault(
			'chain-text',
			'text',
			'This text stood before, and signatures on it would count again although nobody renewed them. Change a word of it.',
		);
	}
}

/** The texts are exactly those that the charters name, in the order in which they are first named. @returns the last charter's */
async function checkTexts(texts: string[], charters: Charter[]): Promise<TextDocument> {
	const named = [...new Set(charters.map((charter) => charter.text))];
	if (texts.length !== named.length) {
		throw new Fault(
			'chain-text',
			'texts',
			`There are ${texts.length} text documents where the charters name ${named.length}.`,
		);
	}
	const read = new Map<string, TextDocument>();
	for (const [i, source] of texts.entries()) {
		const hash = await textHash(source);
		if (hash !== named[i])
			throw new Fault('chain-text', `text ${i + 1}`, 'This text is not the one that its charter names.');
		read.set(hash, await within(`text ${i + 1}`, async () => readTextDocument(source)));
	}
	const text = read.get(charters.at(-1)?.text ?? '');
	if (!text) throw new Fault('chain-text', 'texts', "The last charter's text is missing.");
	return text;
}

/** Puts the number of the charter or text before the place of a fault. */
async function within<T>(place: string, check: () => Promise<T>): Promise<T> {
	try {
		return await check();
	} catch (fault) {
		if (fault instanceof Fault) throw new Fault(fault.code, `${place}: ${fault.place}`, fault.message);
		throw fault;
	}
}
