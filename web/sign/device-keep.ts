/** The signer's Keep in IndexedDB. Written through before it answers, so that a killed tab finds it again. */
import { msg } from '@lit/localize';
import { Unanswered } from '../../shared/client/call.ts';
import { type Keep, memoryKeep, NotKept } from '../../shared/client/keep.ts';

const DATABASE = 'letters';
const STORE = 'kept';
/** Longer than a step takes on a slow line; a tab that hangs holds up no other for ever. */
const PATIENCE_MS = 30_000;

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

/** Opened anew where the browser has taken the connection away, as phones do in the background, or what was kept was erased elsewhere. */
class Connection {
	#database: IDBDatabase | null = null;

	constructor(database: IDBDatabase) {
		this.#hold(database);
	}

	#hold(database: IDBDatabase): IDBDatabase {
		const dropped = () => {
			this.#database = null;
		};
		database.onclose = dropped;
		// Whoever erases it in another tab does not wait for this one.
		database.onversionchange = () => {
			database.close();
			dropped();
		};
		this.#database = database;
		return database;
	}

	/** @param act what can be done twice. @throws NotKept where it cannot be done */
	async use<T>(act: (database: IDBDatabase) => Promise<T>): Promise<T> {
		try {
			return await act(this.#database ?? this.#hold(await open()));
		} catch (failure) {
			if (!(failure instanceof DOMException)) throw failure;
		}
		try {
			return await act(this.#hold(await open()));
		} catch (failure) {
			throw failure instanceof DOMException ? full() : failure;
		}
	}
}

const full = () =>
	new NotKept(
		msg(
			'This browser cannot write anything down now; its storage may be full. Nothing is lost: free some space, and try again here.',
		),
	);

function indexedKeep(database: IDBDatabase): Keep {
	const connection = new Connection(database);
	const read = <T>(ask: (store: IDBObjectStore) => IDBRequest<T>) =>
		connection.use((database) => answer(ask(database.transaction(STORE).objectStore(STORE))));
	const change = (act: Act) => connection.use((database) => changing(database, act));
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
		alone,
	};
}

type Act = (store: IDBObjectStore, failed: (failure: unknown) => void) => unknown;

/** Resolves when the transaction is on the disk, not when the request is done. */
function changing(database: IDBDatabase, act: Act): Promise<void> {
	return new Promise((resolve, reject) => {
		const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error);
		transaction.onerror = () => reject(transaction.error);
		act(transaction.objectStore(STORE), (failure) => {
			reject(failure);
			transaction.abort();
		});
	});
}

/** Over all tabs of this browser. */
async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
	let begun = false;
	try {
		return await navigator.locks.request(`${DATABASE}/${name}`, { signal: AbortSignal.timeout(PATIENCE_MS) }, () => {
			begun = true;
			return work();
		});
	} catch (failure) {
		if (begun) throw failure;
		throw new Unanswered(
			msg('Another tab of this letter waits for the server. Go on there, or close it and try again here.'),
		);
	}
}
