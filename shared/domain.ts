/** Checks a domain that organizers want to take as proof of the employer. */
import { DISPOSABLE, PUBLIC_MAIL } from './domain-lists.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';
import { providerLike } from './look-alike.ts';

const LABEL = new RegExp(`^[a-z0-9]([a-z0-9-]{0,${LIMITS.domainLabel - 2}}[a-z0-9])?$`);

/**
 * @param typed in any case, without `@`
 * @returns lower case, as it stands in a charter
 * @throws Fault `domain-not-ascii`, `domain-format`, `domain-public`, `domain-disposable`, `domain-look-alike`
 */
export function checkDomain(typed: string): string {
	// Before any folding: `K` (Kelvin) lower-cases to a plain k.
	if (!/^\p{ASCII}*$/u.test(typed))
		throw new Fault('domain-not-ascii', 'domain', 'Only plain letters, digits, hyphens and dots.');
	const domain = typed.toLowerCase();
	const labels = domain.split('.');
	if (labels.some((label) => label.startsWith('xn--'))) {
		throw new Fault(
			'domain-not-ascii',
			'domain',
			'A domain in another script can look like somebody else’s, and is refused. Use vouchers.',
		);
	}
	const last = labels.at(-1) ?? '';
	// A last label of digits only is an IP address (RFC 3696, section 2).
	if (
		domain.length > LIMITS.domain ||
		labels.length < 2 ||
		!labels.every((label) => LABEL.test(label)) ||
		/^\d+$/.test(last)
	) {
		throw new Fault('domain-format', 'domain', 'This is not a domain such as company.example.');
	}
	// Of a sub-domain of a public provider too.
	const tails = labels.map((_, i) => labels.slice(i).join('.'));
	if (tails.some((tail) => PUBLIC_MAIL.has(tail))) {
		throw new Fault(
			'domain-public',
			'domain',
			'Anybody can have a mailbox at this provider, so it proves no employer.',
		);
	}
	if (tails.some((tail) => DISPOSABLE.has(tail))) {
		throw new Fault(
			'domain-disposable',
			'domain',
			'This provider gives mailboxes to throw away, so it proves no employer.',
		);
	}
	const provider = providerLike(domain);
	if (provider !== null) {
		throw new Fault(
			'domain-look-alike',
			'domain',
			`This can be taken for ${provider}, where anybody can have a mailbox. If it really is your employer’s, use vouchers.`,
		);
	}
	return domain;
}
