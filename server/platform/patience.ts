/** How long a server waits for whoever asks. Milliseconds. */

/** Until a request's head is there. Then its body has times of its own: */
export const HEADERS_MS = 30_000;
/** a small one, all of it, which is held in memory meanwhile (small-bodies.ts); */
export const SMALL_BODY_MS = 20_000;
/** a large one that does not go on, beyond what its pace has saved up (paced.ts). */
export const STALL_MS = 30_000;
/** Bytes a millisecond (so kB a second) below which a large body stalls: a slow telephone line, or the onion network on a bad day. */
export const PACE = 16;
/** The end of any request, head and body: what nothing above ends. Shorter than what came of a draft is kept (release/draft-pile.ts). */
export const REQUEST_MS = 3_600_000;
/** Until some of a large answer was taken (downloads.ts). */
export const TAKEN_MS = 60_000;
/** Between two requests. Longer than a proxy keeps a connection that it may send the next one over (nginx: 60 s): whoever closes first is asked in vain. */
export const IDLE_MS = 75_000;
