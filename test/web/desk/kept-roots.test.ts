import { afterEach, expect, test, vi } from 'vitest';
import { keptRoots } from '../../../web/desk/kept-roots.ts';

afterEach(() => {
	vi.restoreAllMocks();
	localStorage.clear();
});

test('the root is kept for the next time', () => {
	keptRoots.write('a-letter', 'root.mac');
	expect(localStorage.getItem('undersigned.root.a-letter')).toBe('root.mac');
	expect(keptRoots.read('a-letter')).toBe('root.mac');
	expect(keptRoots.read('another')).toBeNull();
	keptRoots.erase('a-letter');
	expect(keptRoots.read('a-letter')).toBeNull();
	expect(localStorage.length).toBe(0);
});

test('a browser that keeps nothing for pages keeps it while the page is open, and raises no false alarm', () => {
	vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
		throw new DOMException('Forbidden.', 'SecurityError');
	});
	expect(keptRoots.read('b-letter')).toBeNull();
	keptRoots.write('b-letter', 'root.mac');
	expect(keptRoots.read('b-letter')).toBe('root.mac');
	keptRoots.erase('b-letter');
	expect(keptRoots.read('b-letter')).toBeNull();
});
