import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import { Fault } from '../../shared/fault.ts';
import { StepElement } from './step-element.ts';

/** The page that nobody should ever see. `problem`: what does not hold. Nothing leads on from it. */
export class FullStop extends StepElement {
	static override properties = { ...StepElement.properties, problem: { attribute: false } };
	declare problem: Error;

	protected override render(): TemplateResult {
		const after = this.problem instanceof Fault && AFTER_KEY.includes(this.problem.code);
		return html`<h1 tabindex="-1">${msg('Stop. Do not sign here.')}</h1>
<div class="errors"><p>${reason(this.problem)}</p></div>
<p>${after ? msg('Your browser has thrown away what it had just made. Do not try again.') : msg('Your browser stopped before it made anything for this letter.')}</p>
<p>${msg('Ask the person who gave you the link, face to face or by phone, and show them this page. It may be a mistake, such as a link that was copied wrongly. It may also be somebody who wants to know who signs.')}</p>
<p class="small quiet">${msg(html`What was found: <bdi lang="en">${found(this.problem)}</bdi>`)}</p>`;
	}
}

/** For whoever looks into it: as the protocol's own words say it, in English. */
const found = (problem: Error) =>
	problem instanceof Fault ? `${problem.message} (${problem.code}, ${problem.place})` : problem.message;

const AFTER_KEY = ['issuer-dishonest', 'attestation-invalid', 'statement-group'];

function reason(problem: Error): string {
	const code = problem instanceof Fault ? problem.code : '';
	if (code === 'chain-root') return msg('This is not the letter that your link is for.');
	if (code === 'issuer-key')
		return msg('A key of this letter is not as it has to be. It could be used to find out who you are.');
	if (code === 'chain-text') return msg('The text shown here is not the text that the organizers agreed on.');
	if (code.startsWith('approval-')) return msg('Not all organizers agreed to this letter as it is shown here.');
	if (AFTER_KEY.includes(code))
		return msg('The server did not do what it has to do. It may be trying to find out who you are.');
	return msg('Something in this letter was changed that must not change.');
}

customElements.define('full-stop', FullStop);
declare global {
	interface HTMLElementTagNameMap {
		'full-stop': FullStop;
	}
}
