import type { LeftOut, LeftOutWhy } from '../../shared/compose-release.ts';

/** Of one, and of more, in the order in which they are said. */
const WHY: Record<LeftOutWhy, [string, string]> = {
	struck: ['is struck', 'are struck'],
	condition: ['had a condition that does not hold', 'had a condition that does not hold'],
	'small-group': ['is anonymous in a group that is too small', 'are anonymous in a group that is too small'],
	unreadable: ['could not be opened', 'could not be opened'],
	mismatch: ['holds something else than it committed to', 'hold something else than they committed to'],
	text: ['is of an earlier text', 'are of an earlier text'],
};

/** "2 had a condition that does not hold; 1 could not be opened"; null where nothing is left out. */
export function leftOutInWords(leftOut: readonly LeftOut[]): string | null {
	const said = Object.entries(WHY).flatMap(([why, [one, more]]) => {
		const count = leftOut.filter((out) => out.why === why).length;
		return count === 0 ? [] : [`${count.toLocaleString('en')} ${count === 1 ? one : more}`];
	});
	return said.length === 0 ? null : said.join('; ');
}
