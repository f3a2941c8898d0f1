import type { DeskView } from '../../shared/api/desk.ts';
import { readCharter } from '../../shared/charter.ts';
import type { Entry } from '../../shared/entry.ts';

/** A published signature in words: by name, or what the letter says of somebody anonymous. `title` is empty where there is none. */
export function whoSigned(
	{ statement, display, label }: Entry,
	view: DeskView,
): { name: string; title: string; group: string } {
	const document = view.chain?.charters.at(-1);
	const groups = document === undefined ? [] : readCharter(document).groups;
	const group = groups.find(({ id }) => id === statement.group)?.name ?? '';
	if (display !== null) return { ...display, group };
	return { name: 'Somebody who signed anonymously', title: label ?? '', group };
}
