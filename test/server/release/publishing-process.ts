/**
 * A process that runs the release clock once on a server's data, or with RENDER_AGAIN renders that letter again, and ends itself with kill -9 the moment it is about to run the query that
 * DIE_AT names, such as `insert published 2`: the second row that it inserts there. With WAIT it says that it is ready, and begins when it is told to.
 */
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type KyselyPlugin, type RootOperationNode, TableNode } from 'kysely';
import { loadAssets } from '../../../server/assets.ts';
import { readConfig } from '../../../server/config.ts';
import { openDatabase } from '../../../server/database.ts';
import { SettableClock } from '../../../server/platform/clock.ts';
import { createLog } from '../../../server/platform/log.ts';
import { Secret } from '../../../server/platform/secret.ts';
import { SecretBox } from '../../../server/platform/secret-box.ts';
import { publishDue } from '../../../server/release/clock.ts';
import { republish } from '../../../server/release/republish.ts';

// Whoever is killed has no other time for it.
flushCompileCache();

const [verb, table, time] = (process.env.DIE_AT ?? '').split(' ');
let left = Number(time ?? 0);

function isThere(node: RootOperationNode): boolean {
	if (node.kind === 'InsertQueryNode') return verb === 'insert' && node.into?.table.identifier.name === table;
	if (node.kind !== 'UpdateQueryNode' || verb !== 'update') return false;
	return node.table !== undefined && TableNode.is(node.table) && node.table.table.identifier.name === table;
}

const dying: KyselyPlugin = {
	transformQuery({ node }) {
		if (isThere(node) && --left === 0) process.kill(process.pid, 'SIGKILL');
		return node;
	},
	transformResult: async ({ result }) => result,
};

const config = readConfig(process.env);
const database = await openDatabase(config);
const now = new Date(process.env.TEST_NOW ?? '');
const log = createLog((line) => process.stdout.write(line));
const secretBox = new SecretBox(config.hostSecret ?? new Secret(''));
const assets = loadAssets(fileURLToPath(new URL('../../../web/dist', import.meta.url)));
const kept = { clear: () => {} };
const deps = { config, db: database.db.withPlugin(dying), clock: new SettableClock(now), log, secretBox, assets, kept };
if (process.env.WAIT) {
	process.send?.('ready');
	await once(process, 'message');
	process.disconnect();
}
const again = process.env.RENDER_AGAIN;
if (again) await republish(deps, again);
else await publishDue(deps, now);
await database.close();
