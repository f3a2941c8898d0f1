import type { Bench } from './bench.ts';
import { card } from './rows/card.ts';
import { firstPage } from './rows/first-page.ts';
import { memory } from './rows/memory.ts';
import { opening } from './rows/opening.ts';
import { overload } from './rows/overload.ts';
import { pdf } from './rows/pdf.ts';
import { recountChromium } from './rows/recount-chromium.ts';
import { recountCommand } from './rows/recount-command.ts';
import { release } from './rows/release.ts';
import { signer } from './rows/signer.ts';
import { signing } from './rows/signing.ts';
import { start } from './rows/start.ts';
import { tick } from './rows/tick.ts';
import { work } from './rows/work.ts';

/** All of them, in the order in which they run: the short ones first. */
export const benches: readonly Bench[] = [
	pdf,
	card,
	work,
	start,
	signer,
	opening,
	signing,
	overload,
	recountCommand,
	tick,
	release,
	memory,
	firstPage,
	recountChromium,
];
