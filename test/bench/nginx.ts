import { runNginx } from '../support/nginx.ts';
import { freePort } from '../support/port.ts';

/** nginx from Debian with one folder. @returns its origin and how to end it. @throws where it is not installed */
export async function startNginx(
	root: string,
	folder: string,
): Promise<{ origin: string; stop: () => Promise<unknown> }> {
	const port = await freePort();
	const { stop } = await runNginx(folder, configuration(root, port), port);
	return { origin: `http://127.0.0.1:${port}`, stop };
}

const configuration = (root: string, port: number) => `
	types { text/html html; }
	access_log off;
	keepalive_requests 1000000;
	open_file_cache max=100;
	server { listen 127.0.0.1:${port}; root ${root}; }
`;
