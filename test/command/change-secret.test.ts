import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { hostKey, loadKeys } from '../../server/credential/keyring.ts';
import { openDatabase } from '../../server/database.ts';
import { Secret } from '../../server/platform/secret.ts';
import { SecretBox } from '../../server/platform/secret-box.ts';
import { newId } from '../../shared/bytes.ts';
import { newEnvironment } from '../support/environment.ts';
import { createKeys } from '../support/keys.ts';

const command = resolve(import.meta.dirname, '../../server/command/change-secret.ts');

test('the keyring goes under another host secret, unless something else depends on the old one', async () => {
	const { variables, remove } = await newEnvironment({});
	const config = readConfig(variables);
	const NEW_HOST_SECRET = randomBytes(32).toString('hex');
	const run = (env: Record<string, string>) => {
		const { status, stdout, stderr } = spawnSync(process.execPath, [command], {
			env: { ...variables, ...env },
			encoding: 'utf8',
		});
		return { status, said: stdout + stderr };
	};
	try {
		const under = (secret: string) => ({ config, secretBox: new SecretBox(new Secret(secret)) });
		const before = under(variables.HOST_SECRET ?? '');
		const letter = newId();
		const [made] = await createKeys(before, letter, [newId()]);
		const host = await hostKey(before);

		expect(run({})).toEqual({ status: 1, said: expect.stringContaining('HOST_SECRET') });
		expect(run({ NEW_HOST_SECRET: 'short' })).toEqual({ status: 1, said: expect.stringContaining('too short') });
		const database = await openDatabase(config);
		const release = { letter, attempt: newId(), release_hash: 'h', box: randomBytes(32) };
		await database.db.insertInto('scheduled_releases').values(release).execute();
		expect(run({ NEW_HOST_SECRET })).toEqual({ status: 1, said: expect.stringContaining('in use by another process') });
		await database.close();
		expect(run({ NEW_HOST_SECRET })).toEqual({
			status: 1,
			said: expect.stringContaining('approved releases that wait'),
		});
		const again = await openDatabase(config);
		await again.db.deleteFrom('scheduled_releases').execute();
		await again.close();
		expect(await loadKeys(under(variables.HOST_SECRET ?? ''), letter)).not.toBeNull();

		expect(run({ NEW_HOST_SECRET })).toEqual({ status: 0, said: expect.stringContaining('2 files') });
		// As after a crash in between: what is done is left.
		expect(run({ NEW_HOST_SECRET }).status).toBe(0);
		const after = under(NEW_HOST_SECRET);
		expect((await hostKey(after)).jwk).toEqual(host.jwk);
		expect([...((await loadKeys(after, letter))?.groups.keys() ?? [])]).toEqual([made?.id]);
		await expect(loadKeys(under(variables.HOST_SECRET ?? ''), letter)).rejects.toThrow();
	} finally {
		await remove();
	}
});
