import { timingSafeEqual } from 'node:crypto';

/** In time that depends on the lengths only. Whatever is secret is compared with this: test/server/platform/constant-time.test.ts. */
export const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
