/** "This one is mine" on the signer's side (docs/protocol.md, section 9): finds one's own entry in a released letter, and signs for one journalist. */
import { Fault } from '../fault.ts';
import type { KeyPair } from '../keys.ts';
import { LIMITS } from '../limits.ts';
import { decodeLine, type FileSource, rawLines } from '../lines.ts';
import { msg } from '../locales/say.ts';
import { cleanMineFor, type MineFor, proveMine } from '../mine.ts';
import { fileParts, readSignature, withDigest } from '../release-file.ts';
import { verifyStatement, writeStatement } from '../statement.ts';

/** `number` as the letter prints it; `digest` as a proof names it. */
export type OwnEntry = { number: number; digest: string };
/** `proof` is one line, for the journalist. */
export type OwnProof = { number: number; proof: string };

/**
 * The server is not asked which entry is one's own, and would not be believed: the whole file is read as a stream, and the entry is the one that names this key and bears
 * an authenticator that only this key can have made over it. It is read to its end wherever that one stands: whoever sends it sees how far it is taken. Proven by test/shared/client/own-entry.test.ts.
 * @param root b64u. @returns null where the file has none, or only what is left of one that was taken off
 * @throws Fault of a file that is no release
 */
export async function findOwnEntry(file: FileSource, root: string, key: string): Promise<OwnEntry | null> {
	const sought = `"key":"${key}"`;
	let own: OwnEntry | null = null;
	for await (const part of fileParts(rawLines(file, LIMITS.releaseLine))) {
		if (part.part !== 'signature' || own !== null) continue;
		const { number } = part;
		const line = decodeLine({ number: part.line, bytes: part.bytes });
		// Most lines are others’: they are not worth reading as documents.
		if (!line.text.includes(sought)) continue;
		const signature = readSignature(line, number);
		if (!('entry' in signature) || signature.entry.statement.key !== key) continue;
		const { statement, authenticator } = signature.entry;
		if (statement.root !== root || !(await verifyStatement(writeStatement(statement), statement, authenticator)))
			continue;
		own = { number, digest: withDigest(signature).digest };
	}
	return own;
}

/** @throws Fault `mine-journalist`, `mine-challenge`; `mine-unknown` where one's own entry is not in the file, or the file cannot be read */
export async function proveOwn(file: FileSource, root: string, keys: KeyPair, mineFor: MineFor): Promise<OwnProof> {
	const { journalist, challenge } = cleanMineFor(mineFor);
	const own = await findOwnEntry(file, root, keys.publicKey).catch((problem: unknown) => {
		if (!(problem instanceof Fault)) throw problem;
		throw new Fault('mine-unknown', 'proof', msg('The file of the letter that came is not whole. Try again.'));
	});
	if (own === null)
		throw new Fault(
			'mine-unknown',
			'proof',
			msg('Your signature is not in the file of the letter that came, so nothing can be proven with it.'),
		);
	return { number: own.number, proof: await proveMine(keys.privateKey, root, own.digest, journalist, challenge) };
}
