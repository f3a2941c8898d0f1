/** A host of several nodes on one PostgreSQL, with an open letter and a released one, and who signs it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Organizers } from '../../../server/command/client/organizers.ts';
import { openInvite } from '../../../server/command/client/signing.ts';
import { loadKeys } from '../../../server/credential/keyring.ts';
import { openDatabase } from '../../../server/database.ts';
import { Secret } from '../../../server/platform/secret.ts';
import { SecretBox } from '../../../server/platform/secret-box.ts';
import { b64u } from '../../../shared/bytes.ts';
import { REVIEW } from '../../server/release/in-review.ts';
import { wholeDraft } from '../../support/drafts.ts';
import { freePort } from '../../support/port.ts';
import { type Cluster, copyDatabase, startCluster } from '../../support/postgres.ts';
import { environmentOn, type TestEnvironment } from '../../support/server-environment.ts';
import { RELEASED } from '../../support/sized/letter.ts';
import { placeSized } from '../../support/sized/place.ts';
import { type SpawnedServer, spawnIn } from '../../support/spawned-process.ts';
import { worldOfSpawned } from '../../support/spawned-world.ts';
import type { Stage } from '../stage.ts';
import { LoadProcess } from './load-process.ts';
import type { SigningLetter } from './prepared.ts';

/** Signatories of the released letter: what signing does to readers is not about their number. */
const READ = 100;
const TEMPLATE = 'bench_signing';

export interface Node {
	port: number;
	server: SpawnedServer;
}

export class Host {
	readonly load: LoadProcess;
	readonly letter: SigningLetter;
	/** Path of the released letter. */
	readonly page: string;
	readonly #stage: Stage;
	readonly #cluster: Cluster;
	readonly #environment: TestEnvironment;
	#copies = 0;

	private constructor(stage: Stage, parts: Pick<Host, 'load' | 'letter' | 'page'>, on: [Cluster, TestEnvironment]) {
		this.load = parts.load;
		this.letter = parts.letter;
		this.page = parts.page;
		this.#stage = stage;
		[this.#cluster, this.#environment] = on;
	}

	static async start(stage: Stage): Promise<Host> {
		const load = await LoadProcess.start();
		stage.onClose(() => load.stop());
		const cluster = await startCluster({ asInProduction: true });
		stage.onClose(cluster.stop);
		const databaseUrl = new Secret(await copyDatabase(cluster.url, TEMPLATE));
		const data = mkdtempSync(join(tmpdir(), 'undersigned-data-'));
		const remove = () => rmSync(data, { recursive: true, force: true });
		const environment = await environmentOn({ databaseUrl, data, remove }, { behindProxy: true });
		stage.onClose(environment.remove);
		environment.variables.SMTP_URL = load.mail;
		const page = await prepare(stage, environment);
		const letter = await openLetter(environment);
		return new Host(stage, { load, ...{ letter, page } }, [cluster, environment]);
	}

	/** A second load, which gets no mail. */
	async another(): Promise<LoadProcess> {
		const load = await LoadProcess.start();
		this.#stage.onClose(() => load.stop());
		return load;
	}

	get origin(): string {
		return this.#environment.origin;
	}

	/** So many nodes on a database of their own, as the letter left it when it was opened. */
	async nodes(count: number): Promise<Node[]> {
		const DATABASE_URL = await copyDatabase(this.#cluster.url, `${TEMPLATE}_${++this.#copies}`, TEMPLATE);
		const nodes: Node[] = [];
		for (let at = 0; at < count; at++) {
			const port = await freePort();
			const variables = { ...this.#environment.variables, DATABASE_URL, PORT: String(port) };
			const server = await spawnIn({ ...this.#environment, variables, remove: async () => {} }, RELEASED);
			this.#stage.onClose(server.stop);
			nodes.push({ port, server });
		}
		return nodes;
	}
}

/** A released letter. @returns its path */
async function prepare(stage: Stage, environment: TestEnvironment): Promise<string> {
	const sized = await stage.letter(READ);
	const { KEYRING: keyring = '', HOST_SECRET: secret = '', DATABASE_URL = '' } = environment.variables;
	const server = await spawnIn({ ...environment, remove: async () => {} }, REVIEW);
	const { db, close } = await openDatabase({ databaseUrl: new Secret(DATABASE_URL), data: environment.data });
	const secretBox = new SecretBox(new Secret(secret));
	const placed = await placeSized({ config: { keyring }, secretBox, db, origin: server.origin, now: REVIEW }, sized);
	await placed.propose();
	await placed.approve();
	await server.setTime(RELEASED);
	await close();
	await server.terminate();
	return `/letters/${sized.slug}/`;
}

/** A letter that is open, with three organizers. */
async function openLetter(environment: TestEnvironment): Promise<SigningLetter> {
	const server = await spawnIn({ ...environment, remove: async () => {} }, RELEASED);
	const world = worldOfSpawned(server, () => RELEASED);
	const organizers = await Organizers.start(world, 3, (now) => wholeDraft(now));
	const { root, standing } = (await openInvite(world, await organizers.open())).opened;
	await server.terminate();
	if (standing === null) throw new Error('The letter is not open.');
	const { charter } = standing;
	const { KEYRING: keyring = '', HOST_SECRET: secret = '' } = environment.variables;
	const keys = await loadKeys({ config: { keyring }, secretBox: new SecretBox(new Secret(secret)) }, charter.letter);
	const issuer = keys?.groups.get(charter.groups[0]?.id ?? '')?.issuer;
	if (issuer === undefined) throw new Error('The letter has no keys.');
	return { root, charter, issuer: b64u(issuer.export({ format: 'der', type: 'pkcs8' })) };
}
