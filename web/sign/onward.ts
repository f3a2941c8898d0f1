import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorCode } from '../../shared/error-codes.ts';

/** The way on where the letter itself has changed while a form was open. @param go to `letter`, its page as it is by now, or `reread`, its new text and the button that signs it */
export function onward(
	refused: ErrorCode | null,
	go: (step: 'letter' | 'reread') => void,
): TemplateResult | typeof nothing {
	if (refused === 'signing-ended')
		return html`<p><button class="button plain wide" type="button" @click=${() => go('letter')}>${msg('See where the letter stands')}</button></p>`;
	if (refused === 'text-changed')
		return html`<p><button class="button plain wide" type="button" @click=${() => go('reread')}>${msg('Read the new text')}</button></p>`;
	return nothing;
}
