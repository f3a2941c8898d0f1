import { Hono } from 'hono';
import { ENGLISH } from '../../shared/locales/spoken.ts';
import { deskPage } from '../../shared/pages/desk-page.ts';
import type { Deps, Env } from '../deps.ts';
import { inLanguage } from '../platform/languages.ts';

/** The desk's shell, the same for everybody: who is logged in, the api says to the island. The desk speaks English whatever the browser asks for. */
export function deskPages(deps: Deps) {
	const page = () =>
		inLanguage(ENGLISH.language, () =>
			deskPage(
				{ styles: [deps.assets.style('desk')], scripts: [deps.assets.script('desk')] },
				deps.assets.style('letter'),
			),
		);
	return new Hono<Env>().get('/desk', (c) => c.html(page())).get('/desk/*', (c) => c.html(page()));
}
