import type { DeskView } from '../../shared/api/desk.ts';
import { readTextDocument, type TextDocument } from '../../shared/charter.ts';

/** The text document in force, or frozen; null while there is none, or where it cannot be read. */
export function textOf(view: DeskView): TextDocument | null {
	const document = view.chain?.texts.at(-1);
	if (document === undefined) return null;
	try {
		return readTextDocument(document);
	} catch {
		return null;
	}
}

export function titleOf(view: DeskView): string {
	return view.draft?.draft.title ?? textOf(view)?.title ?? '';
}
