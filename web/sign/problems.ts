/** What went wrong, as a signer reads it: which field it is about, and what to do. */
import { msg } from '@lit/localize';
import { Refused, Unanswered } from '../../shared/client/call.ts';
import { NotKept } from '../../shared/client/keep.ts';
import { AppearsOtherwise } from '../../shared/client/signing.ts';
import { Fault, type FaultCode } from '../../shared/fault.ts';

/** `field` is the id of the input, or null where it is about none. */
export type Problem = { field: string | null; message: string };

/** Faults of what a person typed. All others mean that the server does not act by the charter. */
const FIELDS: { begins: string; field: string }[] = [
	{ begins: 'address-', field: 'address' },
	{ begins: 'voucher-', field: 'voucher' },
	{ begins: 'words-', field: 'words' },
	{ begins: 'name-', field: 'name' },
	{ begins: 'attestation-missing', field: 'address' },
	{ begins: 'statement-label', field: 'label' },
	{ begins: 'mine-journalist', field: 'journalist' },
	{ begins: 'mine-challenge', field: 'challenge' },
	{ begins: 'mine-', field: 'proof' },
];

const fieldOf = (code: FaultCode) => FIELDS.find((one) => code.startsWith(one.begins))?.field ?? null;

/** Whether to stop for good: the letter, the organizers or the keys are not what they should be. */
export const isStop = (problem: unknown): problem is Fault =>
	problem instanceof Fault && fieldOf(problem.code) === null;

const forPeople = [Unanswered, NotKept, AppearsOtherwise];

export function explain(problem: unknown): Problem {
	if (problem instanceof Fault) {
		const known = ['name', 'title', 'label', 'voucher'].includes(problem.place);
		return { field: known ? problem.place : fieldOf(problem.code), message: problem.message };
	}
	if (problem instanceof Refused) return { field: fieldOfRefusal(problem), message: problem.message };
	if (forPeople.some((kind) => problem instanceof kind)) return { field: null, message: (problem as Error).message };
	return {
		field: null,
		message: msg(
			'Something failed in this browser. Press the button once more. If that does not help, reload the page and go on, or try another browser.',
		),
	};
}

function fieldOfRefusal({ code, field }: Refused): string | null {
	if (field !== null) return field.split('.').at(-1) ?? null;
	return ['code', 'address', 'voucher'].find((one) => code.startsWith(`${one}-`)) ?? null;
}
