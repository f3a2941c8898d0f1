/** Unfolds whatever holds the element of this id, and goes there. */
export function goTo(id: string): void {
	const target = document.getElementById(id);
	for (let at = target?.closest('details'); at; at = at.parentElement?.closest('details')) at.open = true;
	target?.focus();
	target?.scrollIntoView({ block: 'center' });
}
