/** One of the workers that a recount starts: verifies batches of signatures with WebCrypto. */
import { webPrimitives } from '../../shared/primitives.ts';
import { answerTasks, type WorkerTask } from '../../shared/recount-pool.ts';

const answer = answerTasks(webPrimitives());

addEventListener('message', async ({ data }: MessageEvent<WorkerTask>) => {
	const said = await answer(data);
	if (said !== null) postMessage(said);
});
