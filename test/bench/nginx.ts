import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/port.ts';

const binary = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));

/** nginx from Debian with one folder, in the foreground. @returns its origin and how to end it. @throws where it is not installed */
export async function startNginx(
	root: string,
	folder: string,
): Promise<{ origin: string; stop: () => Promise<unknown> }> {
	if (!binary) throw new Error('nginx is missing. Run: apt-get install -y --no-install-recommends nginx-light');
	const port = await freePort();
	const file = join(folder, 'nginx.conf');
	writeFileSync(file, configuration(root, folder, port));
	execFileSync(binary, ['-t', '-q', '-c', file]);
	const child = spawn(binary, ['-c', file], { stdio: 'inherit' });
	const origin = `http://127.0.0.1:${port}`;
	for (let at = 0; at < 100 && !(await isUp(origin)); at++) await new Promise((resolve) => setTimeout(resolve, 50));
	const ended = once(child, 'exit');
	return {
		origin,
		stop: () => {
			child.kill('SIGTERM');
			return ended;
		},
	};
}

const isUp = (origin: string) =>
	fetch(origin).then(
		(answer) => answer.arrayBuffer().then(() => true),
		() => false,
	);

const configuration = (root: string, folder: string, port: number) => `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx-errors.log;
events { worker_connections 256; }
http {
	types { text/html html; }
	access_log off;
	keepalive_requests 1000000;
	open_file_cache max=100;
	client_body_temp_path ${folder}/body;
	proxy_temp_path ${folder}/proxy;
	fastcgi_temp_path ${folder}/fastcgi;
	uwsgi_temp_path ${folder}/uwsgi;
	scgi_temp_path ${folder}/scgi;
	server { listen 127.0.0.1:${port}; root ${root}; }
}
`;
