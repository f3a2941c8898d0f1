/**
 * Starts the programs built beside a page of the recount, as workers. Where a content security policy asks for trusted types, it lets no other
 * address through.
 */

/** Once in a page or worker. @param addresses all that it may start */
export function ownScripts(...addresses: string[]): (address: string) => Worker {
	const policy = self.trustedTypes?.createPolicy('undersigned', {
		createScriptURL: (address) => {
			if (!addresses.includes(address)) throw new Error('This is not a program that counts.');
			return address;
		},
	});
	// The type of Worker does not know trusted addresses.
	return (address) => new Worker((policy?.createScriptURL(address) ?? address) as string, { type: 'module' });
}
