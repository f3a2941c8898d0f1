import { html, nothing, type TemplateResult } from 'lit';
import type { Matched } from '../../shared/client/asked-off.ts';
import { DeskElement } from './desk-element.ts';
import type { Notice } from './names/notices.ts';

/** What stands beside a signature that somebody asks to have taken off. With a proof, its row offers to propose just that. */
export function askedNotices(asked: readonly Matched[]): ReadonlyMap<string, readonly Notice[]> {
	const found = new Map<string, Notice[]>();
	for (const { signatures, proven } of asked) {
		for (const key of signatures) {
			const notice: Notice = proven
				? { serious: true, text: 'Asks to be taken off; the mailbox was proven', strike: 'asked' }
				: { serious: true, text: 'Somebody asks to have this taken off; nothing proves who' };
			found.set(key, [...(found.get(key) ?? []), notice]);
		}
	}
	return found;
}

/** `<desk-asked-off>`: who lost the words and asks to be taken off, as opened here. Hidden with the names. Fires nothing. */
export class DeskAskedOff extends DeskElement {
	protected override render(): TemplateResult | typeof nothing {
		const { asked, hidden, opening } = this.desk.opening;
		if (opening === null || hidden || asked.length === 0) return nothing;
		const ordered = asked.toSorted((a, b) => Number(b.proven) - Number(a.proven));
		const { strikes, withdrawn } = this.desk.unlocked.view;
		const now = { struck: new Set(strikes.map(({ key }) => key)), gone: new Set(withdrawn.map(({ key }) => key)) };
		return html`<section aria-labelledby="asked-heading"><h2 id="asked-heading">Asked to be taken off</h2>
			<p class="small quiet">They lost their words, so they cannot do it themselves. Where the mailbox was proven, whoever can read it asks. Where nothing was, anybody can have written it: speak with the person first.</p>
			<ul class="plain-list">${ordered.map((one) => html`<li><span>${this.who(one)}${this.what(one, now)}</span></li>`)}</ul></section>`;
	}

	private who({ name, address, proven }: Matched): TemplateResult {
		return html`<b><bdi>${name}</bdi></b>, ${address === null ? 'no mailbox given' : html`<span class="address" dir="ltr">${address}</span>`}. ${proven ? 'Mailbox proven.' : 'Not proven.'} `;
	}

	private what({ signatures }: Matched, { struck, gone }: { struck: Set<string>; gone: Set<string> }): string {
		const left = signatures.filter((key) => !gone.has(key));
		if (left.length === 0) {
			return 'No signature by name fits: it was taken off, or was made anonymously, with a voucher or another address.';
		}
		if (left.every((key) => struck.has(key))) return 'Proposed to strike.';
		return left.length === 1 ? 'Marked in the table below.' : `${left.length} of this name, marked in the table below.`;
	}
}

customElements.define('desk-asked-off', DeskAskedOff);
