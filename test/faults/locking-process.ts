/** A process that tries to lock every folder that its parent names, and says which it holds. It ends with its parent. */
import { FolderInUse, lockFolder } from '../../server/platform/folder-lock.ts';

process.on('message', (folders: string[]) => {
	const held = folders.filter((folder) => {
		try {
			lockFolder(folder);
			return true;
		} catch (failure) {
			if (!(failure instanceof FolderInUse)) throw failure;
			return false;
		}
	});
	process.send?.(held);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
