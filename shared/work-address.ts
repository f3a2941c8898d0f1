/**
 * Reads a work address (docs/protocol.md, section 4). Refuses everything that is not plain ASCII before any case folding: `K` (Kelvin)
 * or `ſ` would fold into letters of somebody else's address. Each hostile form has a test in test/shared/work-address.test.ts.
 */
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';
import { msg } from './locales/say.ts';

/** What this needs of a group. */
export type AddressGroup = { id: string; proof: 'mailbox' | 'voucher'; domains: string[] };
/** `normalForm`: lower case, without `+tag`; the one that mail goes to. `group`: the id of the mailbox group that the domain belongs to. */
export type WorkAddress = { normalForm: string; group: string };

/** Mailboxes that several people read or that belong to an office (RFC 2142, and what companies use). */
const ROLES: ReadonlySet<string> = new Set(
	`abuse accounting accounts admin administrator all all-hands allhands allstaff all-staff board careers ceo cfo communications
  compliance contact coo cto customerservice data-protection dataprotection datenschutz dev devops do-not-reply donotreply dpo employees
  enquiries ethics everybody everyone facilities feedback finance ftp general hello help helpdesk hostmaster hr human-resources
  humanresources info infosec inquiries internal investors invoice invoices it jobs kontakt legal list-request mail mailer-daemon
  management marketing media news newsletter no-reply noc nobody noreply office operations ops payroll people personal personnel
  postmaster pr presse press privacy procurement purchasing reception recruiting recruitment root sales secretary security service
  spam staff subscribe support sysadmin talent team tech unsubscribe usenet users uucp webmaster work workscouncil works-council www`.split(
		/\s+/,
	),
);

const LOCAL = new RegExp(`^[A-Za-z0-9._+'-]{1,${LIMITS.localPart}}$`);

/**
 * @param typed as typed; forms cut blanks at the ends before they send it
 * @throws Fault `address-not-ascii`, `address-format`, `address-role`, `address-domain`. No message repeats what was typed.
 */
export function readWorkAddress(typed: string, groups: AddressGroup[]): WorkAddress {
	if (!/^[\x20-\x7e]*$/.test(typed)) {
		// A line end or NUL is not worth another word; a letter that only looks Latin is.
		const code = /^\p{ASCII}*$/u.test(typed) ? 'address-format' : 'address-not-ascii';
		throw new Fault(
			code,
			'address',
			msg('This holds a character that is no plain letter, digit or sign. Type it again by hand.'),
		);
	}
	const at = typed.indexOf('@');
	const [local, domain] = [typed.slice(0, Math.max(at, 0)), typed.slice(at + 1)];
	if (at < 0 || typed.lastIndexOf('@') !== at || !LOCAL.test(local) || !/^[A-Za-z0-9.-]{1,253}$/.test(domain)) {
		throw new Fault(
			'address-format',
			'address',
			msg('This is not one plain address, such as kim.doe@company.example.'),
		);
	}
	const name = local.toLowerCase().replace(/\+.*$/, '');
	// RFC 5321 would have to quote these (its Dot-string has no empty part), and a mail program might read them otherwise.
	if (name === '' || name.startsWith('.') || name.endsWith('.') || name.includes('..')) {
		throw new Fault(
			'address-format',
			'address',
			msg('The part before the @ begins or ends with a dot, or holds two in a row.'),
		);
	}
	const wanted = domain.toLowerCase();
	const group = groups.find((one) => one.proof === 'mailbox' && one.domains.includes(wanted));
	if (!group) {
		throw new Fault(
			'address-domain',
			'address',
			msg('This domain is not one of the letter. Use the address that your employer gave you.'),
		);
	}
	if (ROLES.has(name)) {
		throw new Fault(
			'address-role',
			'address',
			msg('This mailbox belongs to an office, not to one person. Use your own.'),
		);
	}
	return { normalForm: `${name}@${wanted}`, group: group.id };
}
