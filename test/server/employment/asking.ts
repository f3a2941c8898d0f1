/** What the tests of proving ask over HTTP, to the byte; the signer's own client stands in shared/client/signer.ts. */
import type { ProofRequest } from '../../../shared/api/signing.ts';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { blindRequest } from '../../../shared/credential.ts';
import { newVoucher } from '../../../shared/voucher.ts';
import type { OpenLetter } from '../../support/open-letter.ts';
import type { TestServer } from '../../support/server.ts';
import { codeIn, linkIn } from '../../support/world.ts';

export interface Answer {
	status: number;
	/** Of a problem. */
	code: string | undefined;
	detail: string | undefined;
	body: Record<string, unknown>;
}

export async function ask(server: TestServer, path: string, body: unknown, init: RequestInit = {}): Promise<Answer> {
	const answer = await server.send(path, body, init);
	const text = await answer.text();
	const parsed: Record<string, unknown> = text === '' ? {} : JSON.parse(text);
	const said = (name: string) => (parsed[name] === undefined ? undefined : String(parsed[name]));
	return { status: answer.status, code: said('code'), detail: said('detail'), body: parsed };
}

export interface Asked {
	confirmation: string;
	code: string;
	link: string;
	/** The code with its first digit changed. */
	wrong: string;
}

/** Asks for a code, and reads the mail. */
export async function askForCode(server: TestServer, letter: OpenLetter, address: string): Promise<Asked> {
	const { status, body } = await ask(server, '/api/confirmations', { letter: letter.id, address });
	if (status !== 202) throw new Error(`the server answered ${status}`);
	const { text } = await server.relay.mailTo(address);
	const code = codeIn(text);
	const wrong = `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
	return { confirmation: String(body.confirmation), code, link: linkIn(text), wrong };
}

export const byCode = ({ confirmation, code }: Asked): ProofRequest['secret'] => ({ by: 'code', confirmation, code });
export const byLink = ({ link }: Asked): ProofRequest['secret'] => ({ by: 'link', link });

/** A fresh blinded request, as a browser with a new key makes it. */
export async function blinded(letter: OpenLetter, group = letter.staff): Promise<string> {
	const key = b64u(randomBytes(32));
	return (await blindRequest(group.issuer, letter.root, group.id, key)).request;
}

/** A voucher whose check character is wrong. */
export function mistyped(): string {
	const voucher = newVoucher();
	const other = voucher.endsWith('0') ? '1' : '0';
	return voucher.slice(0, -1) + other;
}
