/** What is said beside a name as it is typed: how much room is left, what cannot be seen in it, and letters that look like others. */
import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { LIMITS } from '../../shared/limits.ts';
import { type MixedWord, mixedWords } from '../../shared/mixed-letters.ts';
import { charactersIn, seenName } from '../../shared/statement.ts';
import { language } from './language.ts';

/** From so many characters before the limit on. */
const NEAR = 20;

/** The empty string while there is room enough. */
export function roomLeft(typed: string): string {
	const left = LIMITS.nameCharacters - charactersIn(seenName(typed));
	const spell = (count: number) => count.toLocaleString(language());
	if (left > NEAR) return '';
	if (left === 1) return msg('One more character fits.');
	if (left > 0) return msg(str`${spell(left)} more characters fit.`);
	if (left === 0) return msg('No more characters fit.');
	return left === -1 ? msg('One character too many.') : msg(str`${spell(-left)} characters too many.`);
}

export function nameNotes(name: string, title: string): TemplateResult | typeof nothing {
	const hidden = [name, title].some((typed) => seenName(typed) !== typed.normalize('NFC').trim());
	const mixed = mixedWords(`${seenName(name)} ${seenName(title)}`);
	if (!hidden && mixed.length === 0) return nothing;
	return html`<div class="note" role="status">
${hidden ? html`<p>${msg('What you typed holds characters that cannot be seen. They are left out of the printed line: look whether it is right.')}</p>` : nothing}
${mixed.map((one) => html`<p>${mixedNote(one)}</p>`)}</div>`;
}

/** Pointed out, not refused: whoever is called so goes on. */
function mixedNote({ word, script, letters: found }: MixedWord): TemplateResult {
	const letters = found.join(' ');
	switch (script) {
		case 'Cyrillic':
			return msg(
				html`“<bdi>${word}</bdi>” mixes Latin letters with Cyrillic ones: <bdi>${letters}</bdi>. They look alike, and whoever checks the names may take it for a trick. If it is a slip, type the word again.`,
			);
		case 'Greek':
			return msg(
				html`“<bdi>${word}</bdi>” mixes Latin letters with Greek ones: <bdi>${letters}</bdi>. They look alike, and whoever checks the names may take it for a trick. If it is a slip, type the word again.`,
			);
		case 'Armenian':
			return msg(
				html`“<bdi>${word}</bdi>” mixes Latin letters with Armenian ones: <bdi>${letters}</bdi>. They look alike, and whoever checks the names may take it for a trick. If it is a slip, type the word again.`,
			);
	}
}
