/** What a start costs at least: node:http alone, or after PGlite has opened a folder and answered `select 1`. Arguments: the port, and the folder. */
import { createServer } from 'node:http';

const [port = '', folder] = process.argv.slice(2);
if (folder !== undefined) {
	const { PGlite } = await import('@electric-sql/pglite');
	await (await PGlite.create(folder)).query('select 1');
}
createServer((_, answer) => answer.end('here')).listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
