import { beforeAll } from 'vitest';

// Files share a browser's storage with those that ran in it before, and their order is drawn: each starts with nothing.
beforeAll(() => {
	localStorage.clear();
	sessionStorage.clear();
});
