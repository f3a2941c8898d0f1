import { html, nothing, type TemplateResult } from 'lit';
import { DeskElement } from './desk-element.ts';
import { standingTakeDown, takenDownNote } from './taken-down-note.ts';
import { spellTime } from './times.ts';
import './desk-deliveries.ts';
import './desk-late-strike.ts';
import './desk-posts.ts';

/** `<desk-released>`: where the letter stands for everybody, and what organizers do from then on. Fires nothing. */
export class DeskReleased extends DeskElement {
	protected override firstUpdated(): void {
		void this.focusHeading();
	}

	protected override render(): TemplateResult {
		const { letter } = this.desk.unlocked.view;
		const page = `/letters/${letter.slug ?? ''}/`;
		const down = standingTakeDown(letter.takeDowns) !== null;
		return html`<h1 tabindex="-1">${down ? 'The letter is released, and not shown here' : 'The letter is public'}</h1>
			${letter.releaseAt ? html`<p class="lead">It went out on ${spellTime(letter.releaseAt)}.</p>` : nothing}
			${takenDownNote(letter.takeDowns)}
			<ul class="big-links">
				${
					down
						? nothing
						: html`<li><a href=${page}>Read it as everybody does</a></li>
				<li><a href="${page}recount.html">Recount every signature</a></li>
				<li><a href="${page}release.json" download>Take the release file</a> <span class="quiet small">Keep a copy of your own: it proves itself, also without this server.</span></li>`
				}
				<li><a href="/api/desk/folder" download>Take the whole folder</a> <span class="quiet small">All pages and files in one ZIP file, to put on any other web server.</span></li>
			</ul>
			<desk-deliveries .desk=${this.desk}></desk-deliveries>
			<desk-posts .desk=${this.desk}></desk-posts>
			${
				down
					? html`<section class="card"><h2>Strike a signature</h2><p class="quiet">Not while the letter is taken down: who stands under a number is read out of the public file, which nobody gets here now.</p></section>`
					: html`<desk-late-strike .desk=${this.desk}></desk-late-strike>`
			}
			<p class="quiet">People can still take their names off. The name goes${down ? ' from the folder' : ''}, and the count says so. Sealed names and everything you opened are erased from the server.</p>`;
	}
}

customElements.define('desk-released', DeskReleased);
