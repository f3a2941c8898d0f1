/** Two nodes, each a process of its own, on one PostgreSQL behind nginx with ops/nginx.conf, of which ports, name and certificate alone are others. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { newPlace } from './databases.ts';
import { nginxBinary, runNginx } from './nginx.ts';
import { freePort } from './port.ts';
import { environmentOn, type TestEnvironment } from './server-environment.ts';
import { type SpawnedServer, spawnIn } from './spawned-process.ts';

const openssl = ['/usr/bin/openssl', '/usr/local/bin/openssl'].find((path) => existsSync(path));

/** Null where all is there that it takes; else why it cannot be tried. Clients come from several addresses of loopback, which Linux has without being told. */
export const whyNotBehindNginx: string | null =
	(nginxBinary === undefined && 'nginx is not installed') ||
	(openssl === undefined && 'openssl is not installed') ||
	(process.platform !== 'linux' && 'only Linux has other addresses of loopback') ||
	null;

/** What comes back, read to its end. */
export interface Seen {
	status: number;
	/** Names in lower case and values in turn, as they came. */
	headers: string[];
	body: Buffer;
}

export interface Asking {
	method?: string;
	headers?: Record<string, string>;
	body?: string;
	/** An address of loopback that the client has. */
	from?: string;
}

export interface BehindNginx {
	/** As people see it, over TLS. */
	environment: TestEnvironment;
	nodes: SpawnedServer[];
	/** Where nginx keeps what it writes. */
	folder: string;
	/** Where it listens without TLS. */
	plainPort: number;
	ask(path: string, asking?: Asking): Promise<Seen>;
	stop(): Promise<void>;
}

/** This process trusts its certificate until `stop`. */
export async function behindNginx(now: Date): Promise<BehindNginx> {
	const folder = mkdtempSync(join(tmpdir(), 'undersigned-nginx-'));
	const [tls, plainPort, ...nodePorts] = await freePorts(4);
	const origin = `https://localhost:${tls}`;
	const made = await environmentOn(await newPlace('postgres'), { behindProxy: true });
	const environment = { ...made, origin, variables: { ...made.variables, ORIGIN: origin } };
	const nodes = await Promise.all(
		nodePorts.map((port) => {
			const variables = { ...environment.variables, PORT: String(port) };
			return spawnIn({ ...environment, variables, remove: async () => {} }, now);
		}),
	);
	const certificate = makeCertificate(folder);
	const trusted = getCACertificates('default');
	setDefaultCACertificates([...trusted, certificate]);
	const nginx = await runNginx(folder, configuration(folder, { tls, plain: plainPort, nodes: nodePorts }), tls);
	return {
		...{ environment, nodes, folder, plainPort },
		ask: (path, asking = {}) => asked(new URL(path, origin), certificate, asking),
		async stop() {
			await nginx.stop();
			await Promise.all(nodes.map((node) => node.stop()));
			await environment.remove();
			setDefaultCACertificates(trusted);
			rmSync(folder, { recursive: true });
		},
	};
}

async function freePorts(count: 4): Promise<[number, number, number, number]>;
async function freePorts(count: number): Promise<number[]> {
	const ports: number[] = [];
	for (let at = 0; at < count; at++) ports.push(await freePort());
	return ports;
}

/** Of localhost, and trusted by nobody else. @returns it in PEM */
function makeCertificate(folder: string): string {
	const [key, certificate] = [join(folder, 'privkey.pem'), join(folder, 'fullchain.pem')];
	const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
	const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
	execFileSync(openssl ?? '', ['req', '-x509', ...curve, ...name, '-keyout', key, '-out', certificate], {
		stdio: 'ignore',
	});
	return readFileSync(certificate, 'utf8');
}

/** @throws Error where the file has no such place any more */
function configuration(folder: string, ports: { tls: number; plain: number; nodes: number[] }): string {
	const hasIpv6 = Object.values(networkInterfaces()).some((of) => of?.some(({ address }) => address === '::1'));
	const onIpv6 = (port: number, rest: string) => (hasIpv6 ? `listen [::1]:${port}${rest};` : '');
	const replaced: [string, string][] = [
		['server 127.0.0.1:3000;', ports.nodes.map((port) => `server 127.0.0.1:${port};`).join(' ')],
		['listen 80;', `listen 127.0.0.1:${ports.plain};`],
		['listen [::]:80;', onIpv6(ports.plain, '')],
		['listen 443 ssl http2;', `listen 127.0.0.1:${ports.tls} ssl http2;`],
		['listen [::]:443 ssl http2;', onIpv6(ports.tls, ' ssl http2')],
		['/etc/letsencrypt/live/letters.example', folder],
		['letters.example', 'localhost'],
	];
	let text = readFileSync(new URL('../../ops/nginx.conf', import.meta.url), 'utf8');
	for (const [was, is] of replaced) {
		if (!text.includes(was)) throw new Error(`ops/nginx.conf has no ${was}`);
		text = text.replaceAll(was, is);
	}
	writeFileSync(join(folder, 'undersigned.conf'), text);
	// Debian's own file has logs, which ours switches off.
	return `access_log ${folder}/access.log; include ${folder}/undersigned.conf;`;
}

function asked(url: URL, ca: string, { method = 'GET', headers = {}, body, from }: Asking): Promise<Seen> {
	return new Promise((resolve, reject) => {
		const asking = request(url, { method, headers, ca, localAddress: from, agent: false });
		asking.once('error', reject);
		asking.once('response', (answer: IncomingMessage) => {
			const names = answer.rawHeaders.map((one, at) => (at % 2 === 0 ? one.toLowerCase() : one));
			const seen = (read: Buffer) => ({ status: answer.statusCode ?? 0, headers: names, body: read });
			buffer(answer).then((read) => resolve(seen(read)), reject);
		});
		// What only announces a large body does not send it.
		if (body === undefined && headers['content-length'] !== undefined) asking.flushHeaders();
		else asking.end(body);
	});
}
