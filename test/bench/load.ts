/** A bounded load over loopback: so many requests, so many connections, each answer read to its end. */
import { Agent, get, type IncomingMessage } from 'node:http';

export interface Load {
	url: string;
	requests: number;
	connections: number;
}

/** @returns requests a second. @throws where one is answered otherwise than with 200 */
export async function requestsPerSecond({ url, requests, connections }: Load): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	let left = requests;
	const work = async (): Promise<void> => {
		while (left-- > 0) await readWhole(url, agent);
	};
	const began = performance.now();
	try {
		await Promise.all(Array.from({ length: connections }, work));
	} finally {
		agent.destroy();
	}
	return requests / ((performance.now() - began) / 1000);
}

const readWhole = (url: string, agent: Agent): Promise<void> =>
	new Promise((resolve, reject) => {
		get(url, { agent, headers: { 'accept-encoding': 'br' } }, (answer: IncomingMessage) => {
			if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
			answer.resume().once('end', resolve).once('error', reject);
		}).once('error', reject);
	});
