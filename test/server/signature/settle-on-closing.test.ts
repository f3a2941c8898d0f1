import { expect, test } from 'vitest';
import type { Appearance } from '../../../shared/client/signer-record.ts';
import { databaseKinds } from '../../support/databases.ts';
import { openLetter } from '../../support/open-letter.ts';
import { startServer } from '../../support/server.ts';
import { codeIn } from '../../support/world.ts';

const named = (name: string, condition: Appearance['condition'] = null): Appearance => ({
	...{ shown: 'named', name, title: '', condition },
});

test.each(databaseKinds)(
	'on closing (%s): unmet conditions, old texts and groups too small lapse and are erased; withdrawn ones are gone',
	async (database) => {
		const server = await startServer({ database });
		const letter = await openLetter(server);
		const sign = async (mailbox: string, appear: Appearance) => {
			const signer = await letter.signer();
			await signer.appear(appear);
			await signer.askForCode(`${mailbox}@northwind.example`);
			await signer.proveByCode(codeIn((await server.relay.mailTo(`${mailbox}@northwind.example`)).text));
			await signer.sign();
			return signer;
		};
		const early = await sign('early', named('Early Bird'));
		const alsoEarly = await sign('also', named('Signs Again'));
		await letter.amend('Nobody should be called between eight and eight.');
		await alsoEarly.openLetter(letter.id);
		await alsoEarly.sign();
		const met = await sign('met', named('Met', { named: 2 }));
		const unmet = await sign('unmet', named('Unmet', { signatures: 4 }));
		const alone = await sign('alone', { shown: 'anonymous', label: null, condition: null });
		const gone = await sign('gone', named('Gone'));
		await gone.withdraw();

		await server.due(new Date(letter.charter.closesAt));
		const states = await Promise.all(
			[alsoEarly, met, early, unmet, alone, gone].map(async (signer) => (await signer.own()).state),
		);
		expect(states).toEqual(['signed', 'signed', 'lapsed', 'lapsed', 'lapsed', 'none']);
		const lapsed = await server.deps.db.selectFrom('signatures').selectAll().where('status', '=', 'lapsed').execute();
		for (const row of lapsed) {
			expect(row).toMatchObject({ statement: null, authenticator: null, attestation: null, sealed: null });
		}
		await expect(unmet.withdraw()).rejects.toMatchObject({ code: 'signature-lapsed' });
	},
);
