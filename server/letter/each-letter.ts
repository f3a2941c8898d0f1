/** Letters of one host have nothing to do with each other: what fails for one does not keep the others waiting. The first failure is thrown at the end. */
export async function forEachLetter(ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
	const failures: unknown[] = [];
	for (const id of ids) await work(id).catch((failure: unknown) => failures.push(failure));
	if (failures.length > 0) throw failures[0];
}
