import { html, svg, type TemplateResult } from 'lit';
import type { SoFar } from '../../shared/api/progress.ts';

type Day = SoFar['days'][number];

const dayLong = 24 * 3_600_000;
const [WIDTH, HEIGHT] = [600, 150];
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export const spellDay = (day: string): string => short.format(new Date(`${day}T00:00:00Z`));
/** A coarse number, as it may be said. */
export const atLeast = (n: number): string => (n === 0 ? 'fewer than 10' : `at least ${n.toLocaleString('en')}`);

/**
 * How the whole letter's number rose, in steps: nights on the way, the last tick at its end. Numbers stand as text beside the picture, so that they stay
 * readable at any width.
 */
export function stepsChart({ days, signatures }: SoFar, now: string): TemplateResult {
	const start = Date.parse(`${days[0]?.day ?? now.slice(0, 10)}T03:00:00Z`);
	const span = Math.max(Date.parse(now) - start, dayLong);
	const most = Math.max(10, signatures, ...days.map((one) => one.signatures));
	const x = (day: Day) => ((Date.parse(`${day.day}T03:00:00Z`) - start) / span) * WIDTH;
	const y = (count: number) => HEIGHT - (count / most) * (HEIGHT - 4);
	const line = `M0 ${HEIGHT}${days.map((day) => `H${x(day)}V${y(day.signatures)}`).join('')}H${WIDTH}V${y(signatures)}`;
	return html`<figure class="steps" aria-hidden="true">
			<div class="steps-most small quiet tab">${most.toLocaleString('en')}</div>
			<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
				${svg`<path class="grid" d="M0 ${y(most)}H${WIDTH}M0 ${y(most / 2)}H${WIDTH}M0 ${HEIGHT}H${WIDTH}"/>
				<path class="area" d="${line}V${HEIGHT}H0Z"/><path class="line" d="${line}"/>`}
			</svg>
			<div class="steps-ends small quiet"><span>${spellDay(days[0]?.day ?? now.slice(0, 10))}</span><span>now</span></div>
		</figure>`;
}

/** The same for those who cannot see it, or want the numbers: the nights on which a step was passed, newest first. */
export function stepsTable({ days }: SoFar): TemplateResult {
	const passed = days.filter((day, i) => i === 0 || day.signatures !== days[i - 1]?.signatures).toReversed();
	return html`<details class="behind"><summary>As a table</summary>
		<table class="list tab"><caption class="small quiet">Nights on which the number took a step, counted at 3:00 UTC.</caption>
			<thead><tr><th scope="col">Night</th><th scope="col">Signatures</th></tr></thead>
			<tbody>${passed.map((day) => html`<tr><th scope="row">${spellDay(day.day)}</th><td>${atLeast(day.signatures)}</td></tr>`)}</tbody></table></details>`;
}
