import { randomBytes } from 'node:crypto';

/** 128 random bits, base64url: ids are never sequential, so that none tells what came before it. */
export const id = (): string => randomBytes(16).toString('base64url');
