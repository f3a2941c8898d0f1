/**
 * An open letter as the desk leaves it, on a server under test: a real charter with the server's own keys, approved by every
 * organizer. Only the desk's HTTP is left out, which has tests of its own. Signers then come over HTTP.
 */
import { httpCall } from '../../server/command/client/http-call.ts';
import { hostKey } from '../../server/credential/keyring.ts';
import { insertLink } from '../../server/letter/link-store.ts';
import { openSession } from '../../server/organizer/session.ts';
import { type ApprovalKind, approve } from '../../shared/approval.ts';
import { newId, randomBytes } from '../../shared/bytes.ts';
import {
	type Charter,
	fingerprint,
	type Group,
	textHash,
	writeCharter,
	writeTextDocument,
} from '../../shared/charter.ts';
import { memoryKeep } from '../../shared/client/keep.ts';
import { Signer } from '../../shared/client/signer.ts';
import { type OrganizerSecrets, organizerKeys } from '../../shared/keys.ts';
import { createKeys } from './keys.ts';
import type { TestServer } from './server.ts';

export interface OpenLetter {
	id: string;
	root: string;
	charter: Charter;
	/** At northwind.example and mail.northwind.example. */
	staff: Group;
	/** Holders of vouchers, at most 20. */
	contractors: Group;
	organizers: { id: string; secrets: OrganizerSecrets }[];
	/** A person who has opened the invite link on a device of their own. */
	signer(): Promise<Signer>;
	/** Changes the text, with the approvals that it takes. */
	amend(text: string): Promise<void>;
	/** What an organizer's browser would send as its cookie. */
	cookie(by?: number): Promise<string>;
}

const writeText = (text: string): string =>
	writeTextDocument({
		...{ title: 'We ask for quiet nights', addressees: 'The board of Northwind', language: 'en' },
		...{ text, references: [], translations: [] },
	});

export async function openLetter(
	server: Pick<TestServer, 'deps' | 'origin' | 'clock'>,
	change: Partial<Charter> = {},
): Promise<OpenLetter> {
	const { deps } = server;
	const id = newId();
	const [staffKeys, contractorKeys] = await createKeys(deps, id, [newId(), newId()]);
	if (!staffKeys || !contractorKeys) throw new Error('no keys');
	const staff: Group = {
		...{ id: staffKeys.id, name: 'Northwind', proof: 'mailbox', limit: null },
		domains: ['northwind.example', 'mail.northwind.example'],
		...{ issuer: staffKeys.issuer, attester: staffKeys.attester },
	};
	const contractors: Group = {
		...{ id: contractorKeys.id, name: 'Contractors', proof: 'voucher', domains: [], limit: 20 },
		...{ issuer: contractorKeys.issuer, attester: contractorKeys.attester },
	};
	const organizers = await Promise.all(
		[0, 1, 2].map(async () => ({ id: newId(), secrets: await organizerKeys(randomBytes(32)) })),
	);
	const text = writeText('Nobody should be called between ten and six.');
	const first: Charter = {
		...{ version: 1, letter: id, previous: null, text: await textHash(text) },
		...{ groups: [staff, contractors], headcounts: [], labels: ['Engineer', 'Driver'] },
		organizers: organizers.map(({ id, secrets: { key, sealingPublic } }, i) => ({
			...{ id, name: `Organizer ${i + 1}`, key, sealing: sealingPublic },
		})),
		...{ advice: 'Ask Ada.', threshold: 2, closesAt: '2027-04-01T12:00:00Z', lastCallHours: 48 },
		...{ expiresOn: '2027-09-01T00:00:00Z', smallestCell: 2, codeOnly: false },
		...{ origin: server.origin, host: (await hostKey(deps)).jwk },
		...change,
	};
	const root = await fingerprint(writeCharter(first));
	let last = first;
	let number = 0;

	const stand = async (charter: Charter, textDocument: string, kind: ApprovalKind): Promise<void> => {
		const document = writeCharter(charter);
		const subject = await fingerprint(document);
		const row = { letter: id, number: ++number, fingerprint: subject, charter: document, standing: true };
		await deps.db
			.insertInto('charters')
			.values({ ...row, text_document: textDocument })
			.execute();
		const approvers = kind === 'charter' ? organizers : organizers.slice(0, charter.threshold);
		for (const { id: organizer, secrets } of approvers) {
			const authenticator = await approve(secrets.approval, kind, root, subject);
			await deps.db.insertInto('approvals').values({ letter: id, kind, subject, organizer, authenticator }).execute();
		}
		last = charter;
	};

	await deps.db
		.insertInto('letters')
		.values({
			...{ id, state: 'open', root, draft: null, slug: null, last_call_until: null, release_at: null },
			...{ closes_at: new Date(first.closesAt), expires_on: new Date(first.expiresOn) },
		})
		.execute();
	for (const { id: organizer, secrets } of organizers) {
		const { key, sealingPublic: sealing } = secrets;
		await deps.db.insertInto('organizers').values({ id: organizer, letter: id, name: 'O.', key, sealing }).execute();
	}
	await stand(first, text, 'charter');
	const link = newId();
	await insertLink(deps.db, id, { link, note: 'for colleagues', createdBy: null });

	return {
		...{ id, root, charter: first, staff, contractors, organizers },
		async signer() {
			const signer = new Signer({ call: httpCall(server.origin), keep: memoryKeep(), now: () => server.clock.now() });
			await signer.open(link, root);
			return signer;
		},
		async amend(changed) {
			const document = writeText(changed);
			const previous = await fingerprint(writeCharter(last));
			await stand({ ...last, previous, text: await textHash(document) }, document, 'amendment');
		},
		async cookie(by = 0) {
			const { id: organizer } = organizers[by] ?? { id: '' };
			return `organizer=${await openSession(deps.db, organizer, server.clock.now())}`;
		},
	};
}
