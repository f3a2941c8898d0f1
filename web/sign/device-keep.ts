/** The signer's Keep in IndexedDB. Written through before it answers, so that a killed tab finds it again. */
import { type Keep, memoryKeep } from '../../shared/client/keep.ts';

const DATABASE = 'letters';
const STORE = 'kept';

/** `lasting` is false where the browser keeps nothing, as some do in private windows: then all is gone with the tab. */
export async function openDeviceKeep(): Promise<{ keep: Keep; lasting: boolean }> {
	try {
		return { keep: indexedKeep(await open()), lasting: true };
	} catch {
		return { keep: memoryKeep(), lasting: false };
	}
}

function open(): Promise<IDBDatabase> {
	const opening = indexedDB.open(DATABASE, 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
	return answer(opening);
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

function indexedKeep(database: IDBDatabase): Keep {
	const read = <T>(ask: (store: IDBObjectStore) => IDBRequest<T>) =>
		answer(ask(database.transaction(STORE).objectStore(STORE)));
	/** Resolves when the transaction is on the disk, not when the request is done. */
	const change = (act: (store: IDBObjectStore, failed: (failure: unknown) => void) => unknown) =>
		new Promise<void>((resolve, reject) => {
			const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
			transaction.oncomplete = () => resolve();
			transaction.onabort = () => reject(transaction.error);
			transaction.onerror = () => reject(transaction.error);
			act(transaction.objectStore(STORE), (failure) => {
				reject(failure);
				transaction.abort();
			});
		});
	return {
		async read(name) {
			const value: unknown = await read((store) => store.get(name));
			return typeof value === 'string' ? value : null;
		},
		write: (name, value) => change((store) => store.put(value, name)),
		change: (name, update) =>
			change((store, failed) => {
				const asked = store.get(name);
				asked.onsuccess = () => {
					try {
						store.put(update(typeof asked.result === 'string' ? asked.result : null), name);
					} catch (failure) {
						failed(failure);
					}
				};
			}),
		erase: (name) => change((store) => store.delete(name)),
		names: async () => (await read((store) => store.getAllKeys())).map(String),
	};
}
