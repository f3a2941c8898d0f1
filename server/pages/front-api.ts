import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { homePage } from '../../shared/pages/home-page.ts';
import { listedPage } from '../../shared/pages/listed-letters.ts';
import { privacyPage } from '../../shared/pages/privacy-page.ts';
import { questionedPage } from '../../shared/pages/questioned-page.ts';
import { safetyPage } from '../../shared/pages/safety-page.ts';
import type { Deps, Env } from '../deps.ts';
import { listListed } from './listing-store.ts';

/** Letters on the front page, and on a page of the whole list. */
const onFront = 10;
const onPage = 50;

const pageNumber = v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/), v.transform(Number));

/** What a host says of itself to anybody: the same for everybody, without a cookie or a script. */
export function frontApi(deps: Deps) {
	const { newLetters, responsible, contact } = deps.config;
	const frame = () => ({ styles: [deps.assets.style('flow')], scripts: [] });
	return new Hono<Env>()
		.get('/', async (c) => {
			const found = await listListed(deps.db, 0, onFront + 1);
			const [listed, more] = [found.slice(0, onFront), found.length > onFront];
			return c.html(homePage({ anyone: newLetters === 'anyone', listed, more }, frame()));
		})
		.get('/letters', async (c) => {
			const page = pageOf(c);
			const found = await listListed(deps.db, (page - 1) * onPage, onPage + 1);
			return c.html(listedPage({ letters: found.slice(0, onPage), page, more: found.length > onPage }, frame()));
		})
		.get('/safety', (c) => c.html(safetyPage(null, frame())))
		.get('/questioned', (c) => c.html(questionedPage(frame())))
		.get('/privacy', (c) => c.html(privacyPage({ responsible, contact }, frame())));
}

/** What is no number of a page is the first. */
function pageOf(c: Context): number {
	const asked = v.safeParse(pageNumber, c.req.query('page'));
	return asked.success ? asked.output : 1;
}
