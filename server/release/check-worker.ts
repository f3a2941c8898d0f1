/** One thread of the server's check of a release that is brought (check-file.ts). */
import { answerBatches } from '../recount-thread.ts';
import { marking } from './held.ts';

answerBatches(marking);
