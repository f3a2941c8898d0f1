/** `npm run build`: builds web/ where it is not built from these very sources, so that a server that may not write finds it done. */
import { buildIfStale } from './build.ts';

buildIfStale();
