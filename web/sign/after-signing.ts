/** One file to fetch: the steps of whoever has signed. */
import './all-done.ts';
import './enter-words.ts';
import './lost-words.ts';
import './own-signature.ts';
import './prove-mine.ts';
