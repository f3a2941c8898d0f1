/** What stands at every address of a released letter that whoever runs this host took off it. */
import { spellDay } from './numbers.ts';
import { type Frame, plainPage } from './shell.ts';
import { html, msg } from './words.ts';

export interface TakenDown {
	/** YYYY-MM-DD: the day is all that is kept. */
	day: string;
	/** Because of a legal demand. */
	ordered: boolean;
	/** Who demanded it, where the host may say so. */
	authority: string | null;
	/** Nothing of it is left here. */
	erased: boolean;
}

export const takenDownPage = (down: TakenDown, frame: Frame) =>
	plainPage(
		msg('Taken down'),
		frame,
		html`<h1>${msg('This letter was taken down here')}</h1>
<p>${because(down)}</p>
<p>${msg('It was released before, and public at this address. Its organizers did not take it back: nobody can take a release back. That it is gone from here says nothing of whether it is right, or of who signed it.')}</p>
<p>${msg('A released letter is a folder of files that anybody could copy, so there may be copies elsewhere. Each can be checked without this server, by whoever knows the letter’s fingerprint.')}</p>
<p>${down.erased ? msg('Everything of it was erased here, the names too. Nobody can take a name off any more: ask whoever shows a copy.') : msg('If you signed it, you can still take your name off: open the link with which you signed. It is off then if the letter is ever shown here again. Other copies may keep it.')}</p>
<p><a class="link" href="/privacy">${msg('Who runs this server')}</a></p>`,
	);

function because({ day, ordered, authority }: TakenDown) {
	const on = html`<time datetime="${day}">${spellDay(day)}</time>`;
	if (!ordered) return msg(html`Whoever runs this server took it down on ${on}, by a decision of their own.`);
	return authority === null
		? msg(html`Whoever runs this server took it down on ${on}, because of a legal demand.`)
		: msg(
				html`Whoever runs this server took it down on ${on}, because of a legal demand by <b><bdi>${authority}</bdi></b>.`,
			);
}
