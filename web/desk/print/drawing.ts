/** What the desk prints. The part that draws is large, and is fetched when it is first needed. */
import { Unanswered } from '../../../shared/client/call.ts';
import type { Card } from './voucher-cards.ts';

/** @throws Unanswered where the server is away */
async function fetched<Part>(part: Promise<Part>): Promise<Part> {
	return part.catch(() => {
		throw new Unanswered('What draws the page could not be fetched. Check your connection and try again.');
	});
}

/** @throws Unanswered */
export async function posterFile(link: string, strips: boolean): Promise<Uint8Array<ArrayBuffer>> {
	const { makePoster } = await fetched(import('./poster.ts'));
	return makePoster(link, strips);
}

/** @throws Unanswered */
export async function cardsFile(cards: readonly Card[]): Promise<Uint8Array<ArrayBuffer>> {
	const { makeVoucherCards } = await fetched(import('./voucher-cards.ts'));
	return makeVoucherCards(cards);
}

/** Hands a file to the browser's downloads. */
export function download(name: string, bytes: Uint8Array<ArrayBuffer>): void {
	const address = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	URL.revokeObjectURL(address);
}
