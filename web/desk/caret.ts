/** Where the caret belongs after others' words came into a text that somebody is writing in: beside the same characters as before. */
export function movedCaret(before: string, after: string, at: number): number {
	const most = Math.min(before.length, after.length);
	let start = 0;
	while (start < most && before[start] === after[start]) start++;
	let end = 0;
	while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
	if (at <= start) return at;
	if (at >= before.length - end) return at + after.length - before.length;
	return Math.min(at, after.length - end);
}
