// Loaded before every entry, and plain JavaScript, so that an old Node can still say what is missing.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
	console.error(
		`Undersigned needs Node 24; this is ${process.versions.node}. npm ci normally brings Node 24 along as an optional ` +
			'package. An npm before 10 leaves it unlinked: run npx npm@11 ci. If it could not come, or if optional packages are turned off, ' +
			'install Node 24 yourself. Start it through npm scripts.',
	);
	process.exit(1);
}

// The code as V8 compiled it, types taken out, stays beside the packages for the next start, which so takes half the processor time. Where nothing may be
// written there, as on a host of its own user, each start compiles anew; NODE_COMPILE_CACHE may name another folder.
const { enableCompileCache } = await import('node:module');
enableCompileCache(new URL('../../node_modules/.compiled', import.meta.url).pathname);
