import { beginLean } from './lean.ts';

// Before anything else is loaded, which would be loaded twice.
beginLean();
const { buildIfStale } = await import('./build.ts');
buildIfStale();
await import('../main.ts');
