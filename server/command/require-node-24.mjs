// Loaded before every entry, and plain JavaScript, so that an old Node can still find the right one, or say what is missing.
import { spawn } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/** Node 24 as npm brought it for this system, from `packages`; undefined where it could not come. */
function packagedNode() {
	const system = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
	const program = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
	return [`node-${system}/${program}`, `node-bin-${system}/${program}`].find((path) => existsSync(packages + path));
}

/** Where npm 11 links it, and services and scripts look for it; where this user may not write, this way goes on working without. */
function link(path) {
	try {
		if (process.platform !== 'win32') symlinkSync(`../${path}`, `${packages}.bin/node`);
	} catch {}
}

/** The same once more, with another Node. @returns how it ended */
function startWith(program) {
	const again = spawn(program, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit' });
	process.on('SIGTERM', () => again.kill('SIGTERM'));
	// From a terminal it reaches both.
	process.on('SIGINT', () => {});
	return new Promise((resolve, reject) => {
		again.once('error', reject);
		again.once('exit', (status) => resolve(status ?? 1));
	});
}

if (Number(process.versions.node.split('.')[0]) < 24) {
	const path = packagedNode();
	if (path !== undefined) {
		link(path);
		process.exit(await startWith(packages + path));
	}
	console.error(
		`Undersigned needs Node 24; this is ${process.versions.node}. npm ci normally brings Node 24 along as an optional ` +
			'package. If it could not come, or if optional packages are turned off, install Node 24 yourself. Start it through npm scripts.',
	);
	process.exit(1);
}

// The code as V8 compiled it, types taken out, stays beside the packages for the next start, which so takes half the processor time. Where nothing may be
// written there, as on a host of its own user, each start compiles anew; NODE_COMPILE_CACHE may name another folder.
const { enableCompileCache } = await import('node:module');
enableCompileCache(`${packages}.compiled`);
