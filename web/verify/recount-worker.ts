/** Recounts off the page's own thread, so that the page stays quick. One message in, progress and one report out. */
import { Refused } from '../../shared/client/call.ts';
import { recount } from '../../shared/recount.ts';
import { fetchFile } from '../api-client.ts';
import { streamPieces } from '../stream-pieces.ts';
import type { RecountAnswer, RecountQuestion } from './recount-messages.ts';

const say = (answer: RecountAnswer) => postMessage(answer);

addEventListener('message', (event: MessageEvent<RecountQuestion>) => {
	recountOne(event.data).catch((failure: unknown) => {
		say({ kind: 'failed', message: failure instanceof Error ? failure.message : String(failure) });
	});
});

async function recountOne(question: RecountQuestion): Promise<void> {
	const { pieces, jws } = question.from === 'address' ? await fetched(question) : await chosen(question.files);
	const report = await recount(pieces, {
		...(jws === null ? {} : { jws }),
		progress: (done, total) => say({ kind: 'progress', done, total }),
	});
	say({ kind: 'report', report });
}

async function fetched({ release, jws }: { release: string; jws: string }) {
	return { pieces: await fetchFile(release), jws: await fetchSeal(jws) };
}

/** A mirror may have the release alone; the recount then says that the host's signature was not checked. */
async function fetchSeal(address: string): Promise<string | null> {
	try {
		return await text(await fetchFile(address));
	} catch (refused) {
		if (refused instanceof Refused && refused.code === 'not-found') return null;
		throw refused;
	}
}

/** Of the chosen files, the one named *.jws is the host's. */
async function chosen(files: File[]) {
	const seal = files.find((file) => file.name.endsWith('.jws'));
	const release = files.find((file) => file !== seal);
	if (release === undefined) throw new Error('Choose the release file, with or without the file that ends in .jws.');
	return { pieces: streamPieces(release.stream()), jws: seal === undefined ? null : await seal.text() };
}

async function text(pieces: AsyncIterable<Uint8Array>): Promise<string> {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let all = '';
	for await (const piece of pieces) all += decoder.decode(piece, { stream: true });
	return all + decoder.decode();
}
