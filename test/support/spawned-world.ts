import * as v from 'valibot';
import { httpCall } from '../../server/command/client/http-call.ts';
import type { World } from '../../server/command/client/world.ts';
import { invitationAnswer } from '../../shared/api/desk.ts';
import type { SpawnedServer } from './spawned-process.ts';
import { codeIn } from './world.ts';

/** The clients of server/command/client against a server in a process of its own, where anybody may start a letter. */
export function worldOfSpawned(server: SpawnedServer, now: () => Date): World {
	return {
		origin: server.origin,
		now,
		invitation: async () =>
			v.parse(invitationAnswer, await httpCall(server.origin)('POST', '/api/desk/start')).invitation,
		code: async (address) => codeIn((await server.relay.mailTo(address)).text),
	};
}
