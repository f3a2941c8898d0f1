import { type Context, Hono } from 'hono';
import { REPORT_FIELDS, type ReportFields, type ReportProblem, readReport } from '../../shared/api/report.ts';
import { notSentWords, reportPage, reportSentPage } from '../../shared/pages/report-page.ts';
import type { Deps, Env } from '../deps.ts';
import { Problem } from '../platform/errors.ts';
import { letterAddress, sendReport } from './report.ts';

const EMPTY: ReportFields = { letter: '', reason: '', text: '', answer: '' };
const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/** Reporting a letter to its host, without JavaScript and without a cookie. */
export function reportApi(deps: Deps) {
	const { contact, origin } = deps.config;
	const frame = () => ({ styles: [deps.assets.style('flow')], scripts: [] });
	const show = (c: Context, fields: ReportFields, problems: ReportProblem[], status: 200 | 400 | 429 | 503 = 200) => {
		// Where the form may not say where it comes from, its own server refuses it (shared/pages/shell.ts).
		c.header('Referrer-Policy', 'same-origin');
		return c.html(reportPage({ contact, fields, problems }, frame()), status);
	};
	return new Hono<Env>()
		.get('/report', (c) => show(c, { ...EMPTY, letter: letterAddress(origin, c.req.query('letter') ?? '') }, []))
		.get('/report/sent', (c) => c.html(reportSentPage(frame())))
		.post('/report', async (c) => {
			const body = await c.req.text();
			if (!FORM.test(c.req.header('content-type') ?? '')) throw new Problem('malformed-request');
			const fields = readFields(body);
			const { report, problems } = readReport(fields);
			if (report === null) return show(c, fields, problems, 400);
			const failed = await sendReport(deps, c.var.client, report);
			if (failed === null) return c.redirect('/report/sent', 303);
			const message = notSentWords(failed, contact ?? '');
			return show(c, fields, [{ field: null, message }], failed === 'too-many' ? 429 : 503);
		});
}

/** Of a field that comes twice the first counts; what is not UTF-8 becomes the sign for it. */
function readFields(body: string): ReportFields {
	const typed = new URLSearchParams(body);
	const given = REPORT_FIELDS.map((field) => [field, typed.get(field) ?? ''] as const);
	return { ...EMPTY, ...Object.fromEntries(given) };
}
