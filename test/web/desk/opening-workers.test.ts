import { beforeAll, describe, expect, test } from 'vitest';
import { checkSealed, contribute, openNames, type Working } from '../../../shared/client/opening.ts';
import { OpeningPass } from '../../../shared/client/opening-pass.ts';
import program from '../../../web/desk/opening-worker.ts?worker&url';
import { type Answered, startOne, startWorkers } from '../../../web/desk/opening-workers.ts';
import { someSigners } from '../../support/letter.ts';
import { OrganizerDesk } from '../../support/organizer-desk.ts';

/** More than one chunk for each of two workers. */
const SIGNERS = 140;
const quietly = () => {};
let desk: OrganizerDesk;

beforeAll(async () => {
	desk = await OrganizerDesk.of({ organizers: 3, threshold: 2, signers: someSigners(SIGNERS) });
});

/** All that an opening says of this letter, one signature of which the server changed, and one share of which is wrong. */
async function opened(working: Working) {
	const requests = desk.sealed.map(({ request }) => ({ ...request }));
	const [first, second, third] = requests;
	if (first && second) first.authenticator = second.authenticator;
	const { signatures, refused } = await checkSealed(desk.standing, requests, working);
	desk.contributions.clear();
	const spoiled = signatures.map(({ request, statement }) => {
		const { sealed } = request;
		const wrong = request.statement === third?.statement;
		return { request: { sealed: wrong ? sealed.replace(/"sealed":"..../, '"sealed":"AAAA') : sealed }, statement };
	});
	const wrong = await contribute(desk.call(0), desk.organizer(0), desk.standing, spoiled, working);
	await contribute(desk.call(1), desk.organizer(1), desk.standing, signatures, working);
	return {
		refused,
		wrong,
		opening: await openNames(desk.call(1), desk.organizer(1), desk.standing, signatures, working),
	};
}

const programOf = (source: string) => URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));

/** Workers of browsers that cannot open names in them. */
const unable: Record<string, () => Worker> = {
	'do not start': () => new Worker(new URL('/there-is-no-such-program.js', location.href), { type: 'module' }),
	'are refused': () => {
		throw new DOMException('No workers here.', 'SecurityError');
	},
	'cannot read what they are asked': () => {
		// The program itself, where each message comes as one that cannot be read: this listener is there before its own.
		const spoil = programOf(`addEventListener('message', (event) => {
			event.stopImmediatePropagation();
			dispatchEvent(new MessageEvent('messageerror'));
		});`);
		const whole = programOf(`import '${spoil}'; import '${new URL(program, location.href)}';`);
		return new Worker(whole, { type: 'module' });
	},
	'give answers that cannot be read': () => {
		const worker = startOne();
		worker.postMessage = () => void worker.dispatchEvent(new MessageEvent('messageerror'));
		return worker;
	},
};

describe('workers open names', () => {
	test('as this thread does, and find the same that does not hold', async () => {
		const answers: Answered[] = [];
		const crew = startWorkers(2, () => {
			const worker = startOne();
			worker.addEventListener('message', ({ data }) => answers.push(data));
			return worker;
		});
		const done: number[] = [];
		const inWorkers = await opened({ crew, onProgress: (progress) => done.push(progress.done) });
		crew.end();
		// Three chunks were checked, shared out twice and opened, and none of it was left to this thread.
		expect(answers.map(({ outcome }) => outcome?.length ?? null).filter((length) => length === 64)).toHaveLength(8);
		expect(answers).toHaveLength(12);
		expect(inWorkers).toEqual(await opened(quietly));
		const { refused, wrong, opening } = inWorkers;
		expect([refused, wrong.length, opening.waiting.length]).toEqual([1, 1, 1]);
		expect(opening.names).toHaveLength(SIGNERS - 2);
		expect(done.filter((count) => count === SIGNERS)).not.toEqual([]);
	});

	test('all of it in one visit, as this thread does, and without this thread', async () => {
		desk.contributions.clear();
		await contribute(desk.call(1), desk.organizer(1), desk.standing, desk.sealed, quietly);
		const inWorkers = new OpeningPass(desk.organizer(0), desk.standing);
		const answers: Answered[] = [];
		const crew = startWorkers(2, () => {
			const worker = startOne();
			worker.addEventListener('message', ({ data }) => answers.push(data));
			return worker;
		});
		await inWorkers.run(desk.call(0), SIGNERS, { crew, onProgress: quietly });
		crew.end();
		const here = new OpeningPass(desk.organizer(0), desk.standing);
		await here.run(desk.call(0), SIGNERS, quietly);
		expect(inWorkers.opening).toEqual(here.opening);
		expect(inWorkers.shares).toEqual(here.shares);
		expect(inWorkers.opening.names).toHaveLength(SIGNERS);
		expect(answers.map(({ outcome }) => outcome?.length ?? null).sort()).toEqual([40, 50, 50]);
	});

	test.each(Object.entries(unable))('also where they %s: then it is done here', async (_, start) => {
		const crew = startWorkers(2, start);
		const { opening } = await opened({ crew, onProgress: quietly });
		crew.end();
		expect(opening.names).toHaveLength(SIGNERS - 2);
	});

	test('until they are ended: nothing that they held comes back', async () => {
		const crew = startWorkers(2);
		const onProgress = ({ done }: { done: number }) => done > 0 && crew.end();
		await expect(opened({ crew, onProgress })).rejects.toThrow('ended');
	});
});
