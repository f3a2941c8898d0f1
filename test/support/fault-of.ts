import { Fault, type FaultCode } from '../../shared/fault.ts';

/** The code of the Fault that this throws or rejects with; 'none' when it does not. Anything else is passed on. */
export async function faultOf(act: () => unknown): Promise<FaultCode | 'none'> {
	return (await caughtFault(act))?.code ?? 'none';
}

/** Its place. */
export async function placeOf(act: () => unknown): Promise<string | undefined> {
	return (await caughtFault(act))?.place;
}

/** The Fault itself. */
export async function caughtFault(act: () => unknown): Promise<Fault | undefined> {
	try {
		await act();
	} catch (error) {
		if (error instanceof Fault) return error;
		throw error;
	}
	return undefined;
}
