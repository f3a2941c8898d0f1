/**
 * Puts text where the selection is, as if it had been typed, so that one undo takes it back. `insertText` is the one editing command that browsers keep for text
 * fields, since nothing else can be undone; where there is none, the text is put there all the same.
 */
export function insertText(field: HTMLTextAreaElement, text: string): void {
	field.focus();
	// A selection that moves ends what was being typed: else the undo would take that back, too.
	const { selectionStart, selectionEnd } = field;
	field.select();
	field.setSelectionRange(selectionStart, selectionEnd);
	if (document.execCommand('insertText', false, text)) return;
	field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
	field.dispatchEvent(new Event('input', { bubbles: true }));
}
