import { buildIfStale } from './build.ts';

buildIfStale();
await import('../main.ts');
