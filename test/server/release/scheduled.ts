/** A letter whose release waits for its minute, on the data of a server that is not running. */
import { onTestFinished } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { SettableClock } from '../../../server/platform/clock.ts';
import { serve } from '../../../server/serve.ts';
import type { DatabaseKind } from '../../support/databases.ts';
import { newEnvironment } from '../../support/environment.ts';
import type { TestEnvironment } from '../../support/server-environment.ts';
import { placeInReview, REVIEW, type Review } from './in-review.ts';

export async function scheduled(database: DatabaseKind): Promise<{ environment: TestEnvironment; review: Review }> {
	const environment = await newEnvironment({ database });
	onTestFinished(environment.remove);
	const clock = new SettableClock(REVIEW);
	const running = await serve(readConfig(environment.variables), () => {}, { clock, runsDueByItself: false });
	const review = await placeInReview({ origin: environment.origin, deps: running.deps });
	await review.schedule(await review.compose());
	await running.stop();
	return { environment, review };
}
