import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Where Debian has it; undefined where it is not installed. */
export const nginxBinary = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));

/**
 * In the foreground, with one worker, and with all that it writes in `folder`. Resolves when it listens at `port`.
 * @param http what stands in its block `http`
 * @throws where it is not installed, or does not take this
 */
export async function runNginx(folder: string, http: string, port: number): Promise<{ stop: () => Promise<unknown> }> {
	if (!nginxBinary) throw new Error('nginx is missing. Run: apt-get install -y --no-install-recommends nginx-light');
	const file = join(folder, 'nginx.conf');
	writeFileSync(file, configuration(folder, http));
	execFileSync(nginxBinary, ['-t', '-q', '-c', file]);
	const child = spawn(nginxBinary, ['-c', file], { stdio: 'inherit' });
	const ended = once(child, 'exit');
	for (let at = 0; at < 200 && !(await listens(port)); at++) await pause(25);
	return {
		stop: () => {
			child.kill('SIGTERM');
			return ended;
		},
	};
}

const listens = (port: number): Promise<boolean> =>
	new Promise((resolve) => {
		const socket = connect({ host: '127.0.0.1', port }, () => {
			socket.destroy();
			resolve(true);
		}).once('error', () => resolve(false));
	});

const configuration = (folder: string, http: string) => `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx-errors.log;
events { worker_connections 256; }
http {
	client_body_temp_path ${folder}/body;
	proxy_temp_path ${folder}/proxy;
	fastcgi_temp_path ${folder}/fastcgi;
	uwsgi_temp_path ${folder}/uwsgi;
	scgi_temp_path ${folder}/scgi;
${http}
}
`;
