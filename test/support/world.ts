import type { World } from '../../server/command/client/world.ts';
import { startInvitation } from '../../server/organizer/invitation.ts';
import type { TestServer } from './server.ts';

/** The clients of server/command/client against a test server: mail is read from its relay, invitations come from its host. */
export function worldOf(server: TestServer): World {
	return {
		origin: server.origin,
		now: () => server.clock.now(),
		invitation: () => startInvitation(server.deps, 'command'),
		code: async (address) => codeIn((await server.relay.mailTo(address)).text),
	};
}

/** The eight digits of a mail. */
export function codeIn(text: string): string {
	const code = /\b(\d{4}) ?(\d{4})\b/.exec(text);
	if (code === null) throw new Error('There is no code in this mail.');
	return `${code[1]}${code[2]}`;
}

/** The magic link of a mail, from `/v#` on. */
export function linkIn(text: string): string {
	const link = /\/v#([A-Za-z0-9_-]{43})/.exec(text)?.[1];
	if (link === undefined) throw new Error('There is no link in this mail.');
	return link;
}
