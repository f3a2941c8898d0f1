import { html, msg } from './words.ts';

/** The one ornament: closed while the names are sealed, broken once they are released. Size and colours are those of `.seal` in web/style/body.css; its own are for whoever gets a page and not its style sheet, as where the server has too much to do. */
export const closedSeal = () =>
	html`<svg class="seal" width="112" height="112" fill="#9f1d22" viewBox="0 0 112 112" role="img" aria-label="${msg('Seal: closed, the names are sealed')}"><path d="M56 4c7 0 9 6 15 7 6 2 12-1 17 4s3 11 6 16c3 6 9 9 9 15s-6 9-7 15c-1 6 2 12-2 17s-11 4-16 7c-5 4-8 10-14 11-6 0-9-6-15-7-6-2-12 2-17-2-5-5-3-11-6-17-3-5-10-8-10-14s6-10 8-15c2-6 0-12 4-17 5-5 11-4 17-7 4-3 5-10 11-13z" transform="translate(4 6)"/><circle class="stroke" fill="none" stroke="#fff8f2" cx="60" cy="57" r="30" stroke-opacity=".55" stroke-width="2.5"/><path class="stroke" fill="none" stroke="#fff8f2" d="M44 66c6-22 12-26 14-22 2 5-6 20-3 22 4 2 8-12 12-11 3 1-2 10 1 11 2 1 4-2 7-5" stroke-width="3.2" stroke-linecap="round"/></svg>`;

/** For the browser's tab: an image of its own, so its colours are its own. */
export const sealIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 112 112"><path fill="#9f1d22" d="M56 4c7 0 9 6 15 7 6 2 12-1 17 4s3 11 6 16c3 6 9 9 9 15s-6 9-7 15c-1 6 2 12-2 17s-11 4-16 7c-5 4-8 10-14 11-6 0-9-6-15-7-6-2-12 2-17-2-5-5-3-11-6-17-3-5-10-8-10-14s6-10 8-15c2-6 0-12 4-17 5-5 11-4 17-7 4-3 5-10 11-13z" transform="translate(4 6)"/></svg>`;

/** The broken seal in a square of 112: its halves are filled, and the crack is drawn over them in the colour of the paper. */
export const BROKEN = {
	halves: [
		'M55 6c6 0 9 5 15 6 6 2 12 0 16 5 4 4 3 10 6 15 3 6 9 9 10 15 1 5-4 9-4 15l-18-2-14-5-14 5z',
		'M50 8c-6 1-9 6-15 8-6 1-11 1-15 6-4 5-2 10-5 16-3 5-8 9-8 15 0 6 6 9 8 15 2 5 0 11 5 15 4 5 10 3 16 6 5 3 8 9 14 9 6 1 9-4 15-5 6-2 11 0 16-4 4-4 4-10 7-15 2-4 6-7 8-11l-20-3-14-6-16 6z',
	],
	crack: { path: 'M52 2l3 48-14 8 14 8-4 40', width: 5, x: 4, y: 2 },
} as const;

export const brokenSeal = () =>
	html`<svg class="seal" width="112" height="112" fill="#9f1d22" viewBox="0 0 112 112" role="img" aria-label="${msg('Seal: broken, the names are open')}"><g>${BROKEN.halves.map((half) => html`<path d="${half}"/>`)}</g><path class="crack" fill="none" stroke="#fffdf8" d="${BROKEN.crack.path}" stroke-width="${BROKEN.crack.width}" stroke-linejoin="round" transform="translate(${BROKEN.crack.x} ${BROKEN.crack.y})"/></svg>`;
