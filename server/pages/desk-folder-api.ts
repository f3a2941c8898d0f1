import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { getLetter } from '../letter/letter-store.ts';
import { type OrganizerEnv, requireOrganizer } from '../organizer/session-api.ts';
import { Problem } from '../platform/errors.ts';
import { fromDatabase } from '../published/folder-source.ts';
import { zipFolder } from '../published/zip-folder.ts';

/** Of a released letter its organizers can take the whole folder along, also once this host does not show it any more. */
export const deskFolderApi = (deps: Deps) =>
	new Hono<OrganizerEnv>().get('/api/desk/folder', requireOrganizer(deps), async (c) => {
		const { slug } = await getLetter(deps.db, c.var.organizer.letter);
		const folder = slug === null ? null : await zipFolder(fromDatabase(deps.db, slug), slug);
		if (folder === null) throw new Problem('not-found');
		c.header('Content-Type', 'application/zip');
		c.header('Content-Disposition', `attachment; filename="${slug}.zip"`);
		return c.body(Readable.toWeb(Readable.from(folder)) as NodeStream as ReadableStream<Uint8Array>);
	});
