/** What a lockfile (npm's, version 3) installs on a host, as a software bill of materials: CycloneDX 1.5, https://cyclonedx.org/docs/1.5/json/. */

export interface Lockfile {
	/** By folder, such as `node_modules/a/node_modules/b`; the project itself is ''. */
	packages: Record<string, LockedPackage>;
}

export interface LockedPackage {
	version?: string;
	license?: string;
	/** As in the name of a hash in base64: `sha512-…`. */
	integrity?: string;
	/** Installed for tests and tools only. */
	dev?: boolean;
	/** For some systems only. */
	optional?: boolean;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
}

/** The same bytes for the same lockfile: no time, no random number. Proven by test/command/sbom.test.ts. */
export function billOfMaterials({ packages }: Lockfile) {
	const project = packages[''] ?? {};
	const installed = Object.entries(packages).filter(([folder, one]) => folder !== '' && one.dev !== true);
	const dependsOn = (folder: string, one: LockedPackage): string[] =>
		Object.keys({ ...one.dependencies, ...one.optionalDependencies, ...one.peerDependencies })
			.flatMap((name) => foundFrom(packages, folder, name) ?? [])
			.map((at) => reference(at, packages[at] ?? {}))
			.toSorted();
	return {
		bomFormat: 'CycloneDX',
		specVersion: '1.5',
		version: 1,
		metadata: {
			component: { type: 'application', 'bom-ref': 'undersigned', name: 'undersigned', ...described(project) },
		},
		components: installed.map(([folder, one]) => ({
			type: 'library',
			'bom-ref': reference(folder, one),
			name: nameOf(folder),
			...described(one),
			scope: one.optional === true ? 'optional' : 'required',
			purl: `pkg:npm/${nameOf(folder).replace('@', '%40')}@${one.version}`,
			hashes: (one.integrity ?? '').split(' ').flatMap(hashOf),
		})),
		dependencies: [
			{ ref: 'undersigned', dependsOn: dependsOn('', project) },
			...installed.map(([folder, one]) => ({ ref: reference(folder, one), dependsOn: dependsOn(folder, one) })),
		],
	};
}

const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** One package can be there twice, in one version: so the folder belongs to it. */
const reference = (folder: string, { version }: LockedPackage): string => `${folder}@${version}`;

const described = ({ version, license }: LockedPackage) => ({
	version,
	licenses:
		license === undefined ? [] : [/[ (]/.test(license) ? { expression: license } : { license: { id: license } }],
});

const algorithms: Record<string, string> = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' };

function hashOf(integrity: string): { alg: string; content: string }[] {
	const [name = '', base64 = ''] = integrity.split(/-(.*)/s);
	const alg = algorithms[name];
	return alg === undefined ? [] : [{ alg, content: Buffer.from(base64, 'base64').toString('hex') }];
}

/** As Node looks for it: beside the package's own, then one folder further out. Null for one that is left out here, such as another system's. */
function foundFrom(packages: Lockfile['packages'], folder: string, name: string): string | null {
	const at = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
	const found = packages[at];
	if (found !== undefined) return found.dev === true ? null : at;
	if (folder === '') return null;
	const outer = folder.lastIndexOf('/node_modules/');
	return foundFrom(packages, outer === -1 ? '' : folder.slice(0, outer), name);
}
