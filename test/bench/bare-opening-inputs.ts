/** What opening a letter's names computes with (docs/protocol.md, sections 4 to 7), laid out as the bytes that are hashed, verified and opened: nothing is left to read, frame or look up. */
import { readAttestation } from '../../shared/attestation.ts';
import { type Bytes, b64u, concat, frame, fromB64u, utf8 } from '../../shared/bytes.ts';
import { openContribution } from '../../shared/contribution.ts';
import { readCredential } from '../../shared/credential.ts';
import { readSealed, sealedHash } from '../../shared/sealed-name.ts';
import { displayBytes, labelBytes, readStatement, statementBytes, writeDisplay } from '../../shared/statement.ts';
import type { OrganizerDesk } from '../support/organizer-desk.ts';

/** Bytes as b64u, as they travel to the browser. */
type B64u = string;
/** A message of HPKE. */
export interface SealedTo {
	enc: B64u;
	ciphertext: B64u;
	aad: B64u;
}
/** One signature. Pairs of what is hashed and what has to come out. */
export interface BareName {
	hashed: [B64u, B64u][];
	signed: { key: B64u; authenticator: B64u; data: B64u };
	credential: { prepared: B64u; signature: B64u };
	attestation: { authenticator: B64u; data: B64u } | null;
	share: SealedTo;
	/** One for each organizer. */
	commitments: B64u[];
	/** Shares of the other organizers who are needed. */
	others: B64u[];
	box: { iv: B64u; ciphertext: B64u; aad: B64u };
	/** HMAC: key, message, result. */
	mailbox: [B64u, B64u, B64u] | null;
}
/** What is done once, beside the names. */
export interface BareOpening {
	/** The 32 bytes that the organizer's keys are made from. */
	seed: B64u;
	issuer: { n: string; e: string };
	attester: B64u;
	/** Contributions of the others, and the keys that each lists, as they are hashed. */
	received: SealedTo[];
	keys: B64u;
	/** To whom so many bytes are sealed, and with what. */
	sealed: { sealing: B64u; aad: B64u }[];
	bytes: number;
}

/** Of the first organizer's opening, when these others have contributed. */
export async function bareInputs(
	desk: OrganizerDesk,
	by: readonly number[],
): Promise<{ once: BareOpening; names: BareName[] }> {
	const { root, charter } = desk.standing;
	const me = desk.organizer(0);
	const [group] = charter.groups;
	if (group === undefined) throw new Error('The letter has no group.');
	const aadOf = (from: string, to: string, hashed: string) =>
		b64u(frame('undersigned/contribution/1', fromB64u(root), utf8(from), utf8(to), fromB64u(hashed)));
	const received: SealedTo[] = [];
	const shares: Map<string, Bytes>[] = [];
	for (const at of by) {
		const { id } = desk.organizer(at);
		const { keysHash: hashed = '', sealed = [] } = desk.contributions.get(id) ?? {};
		const mine = sealed.find(({ to }) => to === me.id)?.sealed ?? '';
		received.push({ ...split(mine), aad: aadOf(id, me.id, hashed) });
		shares.push(await openContribution({ root, from: id, to: me.id }, me.secrets.sealing, hashed, mine));
	}
	// Everybody lists the same signatures.
	const sorted = [...(shares[0]?.keys() ?? [])];
	const hashed = desk.contributions.get(desk.organizer(by[0] ?? 0).id)?.keysHash ?? '';
	const names = await Promise.all(desk.letter.signers.map((one) => nameOf(desk, one, shares)));
	return {
		once: {
			...{ seed: b64u(me.seed), issuer: { n: group.issuer.n, e: group.issuer.e }, attester: group.attester.x },
			...{ received, keys: b64u(frame('undersigned/keys/1', concat(...sorted.map((key) => fromB64u(key))))) },
			sealed: charter.organizers.map(({ id, sealing }) => ({ sealing, aad: aadOf(me.id, id, hashed) })),
			bytes: sorted.length * 65,
		},
		names,
	};
}

async function nameOf(
	desk: OrganizerDesk,
	{ opened, sealed: document }: OrganizerDesk['letter']['signers'][number],
	others: readonly Map<string, Bytes>[],
): Promise<BareName> {
	const { root, charter } = desk.standing;
	const sealed = document ?? '';
	const statement = readStatement(opened.statement);
	const { key, group } = statement;
	const { box, shares } = readSealed(sealed, charter);
	const prepared = readCredential(root, group, key, opened.credential);
	const attested = opened.attestation === null ? null : readAttestation(opened.attestation, { root, group, key });
	if (prepared === null) throw new Error('A credential cannot be read.');
	const { label, labelSalt, display, displaySalt, address, addressSalt } = opened.contents;
	const me = desk.organizer(0).id;
	const whole = fromB64u(box);
	const forBoth = [fromB64u(root), fromB64u(key)];
	return {
		hashed: [
			[b64u(frame('undersigned/sealed/1', utf8(sealed))), await sealedHash(sealed)],
			[b64u(labelBytes(label, labelSalt)), statement.label],
			...(display && displaySalt && statement.display
				? [[b64u(displayBytes(writeDisplay(display), displaySalt)), statement.display] as [B64u, B64u]]
				: []),
		],
		signed: { key, authenticator: opened.authenticator, data: b64u(statementBytes(opened.statement)) },
		credential: { prepared: b64u(prepared.prepared), signature: b64u(prepared.signature) },
		attestation: attested && { authenticator: attested.authenticator, data: b64u(attested.signed) },
		share: {
			...split(shares.find(({ organizer }) => organizer === me)?.sealed ?? ''),
			aad: b64u(frame('undersigned/share/1', ...forBoth, utf8(me))),
		},
		commitments: shares.map(({ commitment }) => commitment),
		others: others.map((of) => b64u(of.get(key) ?? new Uint8Array(0))),
		box: {
			...{ iv: b64u(whole.subarray(0, 12)), ciphertext: b64u(whole.subarray(12)) },
			aad: b64u(frame('undersigned/sealed/1', ...forBoth)),
		},
		mailbox:
			address && addressSalt && attested
				? [addressSalt, b64u(frame('undersigned/mailbox/1', utf8(address))), attested.mailbox]
				: null,
	};
}

function split(sealed: B64u): Pick<SealedTo, 'enc' | 'ciphertext'> {
	const bytes = fromB64u(sealed);
	return { enc: b64u(bytes.subarray(0, 32)), ciphertext: b64u(bytes.subarray(32)) };
}
