import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { decode, encode, RECURSION_AVAILABLE } from 'dns-packet';
import { onTestFinished } from 'vitest';

/** TXT records by name; `fails` for a server that cannot look. */
export type Zone = Record<string, string[] | 'fails'>;

const NXDOMAIN = 3;
const SERVFAIL = 2;

/** A name server on loopback that knows these records and nothing else. @returns its address and port; ends with the test */
export async function serveZone(zone: Zone): Promise<string> {
	const socket = createSocket('udp4');
	socket.on('message', (message, { port, address }) => {
		const { id, questions = [] } = decode(message);
		const [question] = questions;
		const name = question?.name.toLowerCase() ?? '';
		const records = zone[name];
		const code = records === 'fails' ? SERVFAIL : records === undefined ? NXDOMAIN : 0;
		const texts = question?.type === 'TXT' && Array.isArray(records) ? records : [];
		const answer = encode({
			type: 'response',
			...(id === undefined ? {} : { id }),
			flags: RECURSION_AVAILABLE | code,
			questions,
			answers: texts.map((text) => ({ type: 'TXT', name, ttl: 60, data: inParts(text) })),
		});
		socket.send(answer, port, address);
	});
	await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
	onTestFinished(() => new Promise((resolve) => socket.close(() => resolve())));
	return `127.0.0.1:${(socket.address() as AddressInfo).port}`;
}

/** A character-string holds at most 255 bytes (RFC 1035, section 3.3). */
const inParts = (text: string): string[] => text.match(/.{1,200}/gs) ?? [''];
