import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { id } from '../../shared/api/shapes.ts';
import type { LetterView } from '../../shared/api/signing.ts';
import { type Charter, readCharter, standingText, type TextDocument } from '../../shared/charter.ts';
import { letterFit } from '../../shared/letter-fit.ts';
import { mailLinkPage, signedPage } from '../../shared/pages/link-page.ts';
import { safetyPage } from '../../shared/pages/safety-page.ts';
import type { Frame, Html } from '../../shared/pages/shell.ts';
import { signPage } from '../../shared/pages/sign-page.ts';
import { abandonedPage, releasedPage, takenOffPage, unknownLinkPage } from '../../shared/pages/status-page.ts';
import { takenDownPage } from '../../shared/pages/taken-down-page.ts';
import type { Deps, Env } from '../deps.ts';
import { linkedLetterView } from '../letter/letter-view.ts';
import { findStanding } from '../letter/take-down-store.ts';
import { Problem } from '../platform/errors.ts';

/** The pages of signers. None sets a cookie, none is kept, none is for search engines. */
export function pagesApi(deps: Deps) {
	const still = (): Frame => ({ styles: [deps.assets.style('flow')], scripts: [] });
	const alive = (): Frame => ({ ...still(), scripts: [deps.assets.script('sign')] });
	return (
		new Hono<Env>()
			.get('/v', (c) => answer(c, mailLinkPage(alive())))
			.get('/s', (c) => answer(c, signedPage(alive())))
			// Everything that this site keeps in the browser, of other letters too: only where somebody was told so and asked for it, and from our own pages only.
			.post('/api/leave', (c) => {
				c.header('Clear-Site-Data', '"cache", "cookies", "storage"');
				return c.body(null, 204);
			})
			.get('/l/:link', async (c) => {
				const view = await findView(deps, c.req.param('link'));
				if (!view) return answer(c, unknownLinkPage(still()), 404);
				if (view.state === 'released') {
					const down = await findStanding(deps.db, view.letter);
					if (down?.erased) return answer(c, takenDownPage(down, still()), 410);
					return answer(c, (down ? takenOffPage : releasedPage)(`/letters/${view.slug}/`, alive()));
				}
				const { state } = view;
				if (!view.chain || state === 'abandoned' || state === 'draft') return answer(c, abandonedPage(still()), 410);
				const { lastCallUntil, releaseAt, atLeast, restored } = view;
				const standing = await readStanding(view.chain);
				const link = c.req.param('link');
				const dates = { lastCallUntil, releaseAt };
				return answer(c, signPage({ state, link, ...standing, atLeast, ...dates, restored }, alive()));
			})
			// What /safety says, fitted to this letter. It links to everything but the letter: the last part of that link comes from people, never from here.
			.get('/l/:link/safety', async (c) => {
				const view = await findView(deps, c.req.param('link'));
				if (!view) return answer(c, unknownLinkPage(still()), 404);
				if (!view.chain || view.state === 'released') return c.redirect('/safety', 302);
				const { charter } = await readStanding(view.chain);
				return answer(c, safetyPage(letterFit(charter), still()));
			})
	);
}

async function answer(c: Context<Env>, page: Html, status: 200 | 404 | 410 = 200) {
	c.header('X-Robots-Tag', 'noindex, nofollow, noarchive');
	const written = await page;
	c.var.willTake(written.length);
	return c.html(written, status);
}

/** Null for a link that never was or was revoked: nobody can tell which. */
async function findView(deps: Deps, link: string): Promise<LetterView | null> {
	if (!v.is(id, link)) return null;
	try {
		return await linkedLetterView(deps.db, link, deps.clock.now());
	} catch (problem) {
		if (problem instanceof Problem && problem.code === 'not-found') return null;
		throw problem;
	}
}

/** The server shows what it keeps; the signer's browser checks it. */
async function readStanding(
	chain: NonNullable<LetterView['chain']>,
): Promise<{ charter: Charter; text: TextDocument }> {
	const charter = readCharter(chain.charters.at(-1) ?? '');
	return { charter, text: await standingText(charter, chain.texts) };
}
