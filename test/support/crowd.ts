/**
 * Many people who have proved a mailbox and signed: their rows as the server would have written them, made with the letter's own keys from its keyring. Every
 * signature holds in all that a recount or an organizer checks. Only blinding is left out: the credential that comes out of it is the same.
 */
import { constants, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { person } from '../../server/command/demo/people.ts';
import { type GroupKeys, loadKeys } from '../../server/credential/keyring.ts';
import { mailboxTag } from '../../server/employment/mailbox-tag.ts';
import { attest, attestationPayload, mailboxCommitment } from '../../shared/attestation.ts';
import { type Bytes, b64u, concat, randomBytes } from '../../shared/bytes.ts';
import type { Charter, Group } from '../../shared/charter.ts';
import type { Appearance } from '../../shared/client/signer-record.ts';
import { credentialMessage } from '../../shared/credential.ts';
import { signerKeys } from '../../shared/keys.ts';
import { composeSignature, type Appearance as Printed } from '../../shared/sign.ts';
import { readStatement } from '../../shared/statement.ts';
import type { TestServer } from './server.ts';

/** Rows in one statement; well below the 65,535 parameters that it may have. */
const BATCH = 500;
const signAsync = promisify(sign);

export interface CrowdLetter {
	root: string;
	charter: Charter;
}

/** How the n-th of `count` signs: two of three by name; every tenth only if half of them sign, every fiftieth only if more sign than can. */
export function appearanceOf(n: number, count: number, labels: readonly string[]): Appearance {
	const hopeful = n % 50 === 0 ? { signatures: 1_000_000 } : null;
	const condition = n % 10 === 5 ? { signatures: Math.floor(count / 2) } : hopeful;
	if (n % 3 === 2) return { shown: 'anonymous', label: n % 2 === 0 ? (labels[0] ?? null) : null, condition };
	const { name, title } = person(n);
	return { shown: 'named', name, title, condition };
}

/** Places `count` proofs and signatures in the letter's first group. @param progress called after each batch */
export async function placeCrowd(
	server: TestServer,
	letter: CrowdLetter,
	count: number,
	progress: (done: number) => void,
): Promise<void> {
	const { db } = server.deps;
	const { charter } = letter;
	const keys = await loadKeys(server.deps, charter.letter);
	const [group] = charter.groups;
	const groupKeys = group && keys?.groups.get(group.id);
	if (!keys || !group || !groupKeys) throw new Error('The letter has no keys.');
	const der = new Uint8Array(groupKeys.attester.export({ format: 'der', type: 'pkcs8' }));
	const attester = await crypto.subtle.importKey('pkcs8', der, 'Ed25519', false, ['sign']);
	const one = { letter, count, group, groupKeys, attester };
	for (let from = 0; from < count; from += BATCH) {
		const numbers = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => from + i);
		const signatures = await Promise.all(numbers.map((n) => signatureOf(one, n)));
		const proofs = numbers.map((n) => ({
			...{ letter: charter.letter, group_id: group.id, proof: 'mailbox' as const },
			...{ tag: mailboxTag(keys.tagKey, addressOf(group, n)), request: randomBytes(32) },
		}));
		await db.insertInto('mailboxes').values(proofs).execute();
		await db.insertInto('signatures').values(signatures).execute();
		progress(from + numbers.length);
	}
}

const addressOf = (group: Group, n: number): string => `${person(n).local}.${n}@${group.domains[0]}`;

interface One {
	letter: CrowdLetter;
	count: number;
	group: Group;
	groupKeys: GroupKeys;
	attester: CryptoKey;
}

async function signatureOf({ letter: { root, charter }, count, group, groupKeys, attester }: One, n: number) {
	const keys = await signerKeys(randomBytes(16), root);
	const key = keys.publicKey;
	const { condition, ...shown } = appearanceOf(n, count, charter.labels);
	let appear: Printed = shown;
	let attestation: string | null = null;
	if (shown.shown === 'named') {
		const [address, addressSalt] = [addressOf(group, n), b64u(randomBytes(32))];
		appear = { ...shown, address, addressSalt };
		const mailbox = await mailboxCommitment(address, addressSalt);
		attestation = await attest(attester, attestationPayload({ root, group: group.id, key, mailbox }));
	}
	const credential = await issue(groupKeys.issuer, credentialMessage(root, group.id, key));
	const request = await composeSignature({
		...{ charter, root, textHash: charter.text, group: group.id, keys, turn: 1 },
		...{ appear, condition, credential, attestation },
	});
	const { turn, text } = readStatement(request.statement);
	return {
		...{ letter: charter.letter, key, turn, group_id: group.id, shown: shown.shown, text_hash: text },
		...{ ...request, status: 'live' as const, withdrawal_turn: null, withdrawal: null },
	};
}

/** docs/protocol.md, section 5, from its end: a signature over the prepared message, as unblinding leaves it. */
async function issue(issuer: KeyObject, message: Bytes): Promise<string> {
	const randomizer = randomBytes(32);
	const how = { key: issuer, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
	return b64u(concat(randomizer, await signAsync('sha384', concat(randomizer, message), how)));
}
