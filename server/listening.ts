import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Config, ConfigError } from './config.ts';
import { HEADERS_MS, IDLE_MS, REQUEST_MS } from './platform/patience.ts';

type Where = Pick<Config, 'host' | 'port'>;
export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Proven by test/server/serve.test.ts. @throws ConfigError that says why it cannot listen there, and what to do */
export function listening(config: Where, listener: Listener): Promise<Server> {
	// A request that announces no body gets no stream for one, which is a twentieth of what answering a page takes.
	const patience = { keepAliveTimeout: IDLE_MS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS };
	const server = createServer({ ...patience, optimizeEmptyRequests: true }, listener);
	return listen(server, config, (code) => cannotListen(config, code));
}

/** @param explain says in words what the system's code means there */
export const listen = (
	server: Server,
	{ host, port }: Where,
	explain: (code: string) => ConfigError,
): Promise<Server> =>
	new Promise((resolve, reject) => {
		server.once('error', (failure) => reject('code' in failure ? explain(String(failure.code)) : failure));
		server.listen(port, host, () => resolve(server));
	});

function cannotListen({ host, port }: Where, code: string): ConfigError {
	if (code === 'EADDRINUSE') {
		return new ConfigError(
			`PORT: ${port} is taken by another program. Stop that one, or set PORT to another, and ORIGIN with it.`,
		);
	}
	if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) {
		return new ConfigError(
			`HOST: ${host} is no address of this machine. Leave HOST out, or name one that is, such as 127.0.0.1 behind a reverse proxy.`,
		);
	}
	return new ConfigError(
		`PORT: this program may not listen at ${port} (${code}). Set PORT to one from 1024 on; the systemd unit of ops/ allows 3000 only. A reverse proxy takes 443.`,
	);
}

/** Once running requests are answered; after a second they are broken off. */
export const closed = (server: Server): Promise<void> =>
	new Promise((resolve) => {
		const impatience = setTimeout(() => server.closeAllConnections(), 1_000);
		server.close(() => {
			clearTimeout(impatience);
			resolve();
		});
		server.closeIdleConnections();
	});
