/** What goes to the addressees at the release: to whom, and in which words. The same in the organizers' browsers, which rehearse it, and on the server, which sends it. */
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';
import { spellMoment } from './pages/numbers.ts';

const PLAIN =
	/^[A-Za-z0-9._+'-]{1,64}@(?=.{4,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$/;

/**
 * One plain address that no mail program reads as another, or as two. Blanks at its ends go.
 * @throws Fault `address-not-ascii`, `address-format`
 */
export function readDeliveryAddress(typed: string): string {
	const address = typed.trim();
	if (!/^[\x20-\x7e]*$/.test(address)) {
		throw new Fault(
			'address-not-ascii',
			'deliveries',
			`${address} holds a character that is no plain letter, digit or sign.`,
		);
	}
	if (!PLAIN.test(address)) {
		throw new Fault(
			'address-format',
			'deliveries',
			`${address} is not one plain address, such as board@company.example.`,
		);
	}
	return address;
}

/** All of them, in their order. @throws Fault of one, `address-format` where one is there twice or there are too many */
export function readDeliveries(typed: readonly string[]): string[] {
	const addresses = typed.map(readDeliveryAddress);
	if (addresses.length > LIMITS.deliveries) {
		throw new Fault('address-format', 'deliveries', `There can be at most ${LIMITS.deliveries} addresses.`);
	}
	const twice = addresses.find(
		(one, at) => addresses.findIndex((other) => other.toLowerCase() === one.toLowerCase()) < at,
	);
	if (twice !== undefined) throw new Fault('address-format', 'deliveries', `${twice} is there twice.`);
	return addresses;
}

/** What the mail says of the letter: only what cannot change any more. */
export interface DeliveredLetter {
	title: string;
	addressees: string;
	/** Of its page, with a slash at the end. */
	address: string;
	press: string;
	releasedAt: string;
}

/** Larger files are refused by many mail servers: the mail then says where it stands. Bytes. */
export const MOST_ATTACHED = 8 * 2 ** 20;

/** @param attached whether the PDF is small enough to come along */
export function deliveryMail(letter: DeliveredLetter, attached: boolean): { subject: string; text: string } {
	const { title, addressees, address, press, releasedAt } = letter;
	const pdf = attached ? 'The letter is attached as a PDF.' : `The letter as a PDF: ${address}letter.pdf`;
	const parts = [
		...(addressees === '' ? [] : [`To ${addressees}`]),
		`This open letter was released on ${spellMoment(releasedAt)}:`,
		title,
		`It can be read, and its signatures can be recounted by anybody, at\n${address}`,
		pdf,
		`To reach those who organized it:\n${press}`,
		'This mail was sent once, by the server on which the letter stands. Nobody reads answers to it.',
	];
	return { subject: `Open letter: ${title.replaceAll(/\s+/g, ' ')}`, text: `${parts.join('\n\n')}\n` };
}
