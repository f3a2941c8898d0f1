import type { Row } from './figures.ts';
import type { Stage } from './stage.ts';

/** One file of test/bench/rows. */
export interface Bench {
	/** As `npm run bench -- NAME` asks for it. */
	name: string;
	measure(stage: Stage): Promise<Row[]>;
}
