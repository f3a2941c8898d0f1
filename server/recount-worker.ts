/** One thread of a recount on the command line. */
import { answerBatches } from './recount-thread.ts';

answerBatches();
