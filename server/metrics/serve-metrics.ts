import { createServer } from 'node:http';
import { memoryUsage } from 'node:process';
import { ConfigError } from '../config.ts';
import { listen } from '../listening.ts';
import type { LastHour } from './last-hour.ts';
import type { Metrics } from './metrics.ts';

const SAMPLE_EVERY_MS = 10_000;

/**
 * GET /metrics on this port of loopback, whatever HOST says: what is shown is for whoever has the machine. Asked by another name than one of loopback it says nothing,
 * so that no page in a browser on it reads along by a name that leads here.
 * @throws ConfigError where it cannot listen there
 */
export async function serveMetrics(metrics: Metrics, lastHour: LastHour, port: number): Promise<() => Promise<void>> {
	const sample = () => lastHour.sample(memoryUsage.rss());
	sample();
	const sampling = setInterval(sample, SAMPLE_EVERY_MS).unref();
	const server = createServer((request, response) => {
		const local = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? '');
		if (!local || request.method !== 'GET' || request.url !== '/metrics') {
			response.writeHead(404).end();
			return;
		}
		metrics.text().then(
			(text) => response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
			() => response.writeHead(500).end(),
		);
	});
	await listen(server, { host: '127.0.0.1', port }, (code) => cannotListen(port, code));
	return () => {
		clearInterval(sampling);
		server.closeAllConnections();
		return new Promise((resolve) => server.close(() => resolve()));
	};
}

function cannotListen(port: number, code: string): ConfigError {
	const why = code === 'EADDRINUSE' ? 'is taken by another program' : `may not be listened at (${code})`;
	return new ConfigError(`METRICS_PORT: ${port} ${why}. Set it to another.`);
}
