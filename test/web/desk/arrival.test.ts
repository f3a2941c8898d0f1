import { afterEach, expect, test } from 'vitest';
import { b64u, randomBytes } from '../../../shared/bytes.ts';
import { readArrival } from '../../../web/desk/arrival.ts';

const before = location.href;
afterEach(() => history.replaceState(null, '', before));

test.each(['start', 'join'] as const)('an invitation to %s is read once, and leaves the address bar', (kind) => {
	const invitation = b64u(randomBytes(32));
	history.replaceState(null, '', `/desk#${kind}=${invitation}`);
	expect(readArrival(location, history)).toEqual({ kind, invitation });
	expect(location.hash).toBe('');
	expect(location.href).not.toContain(invitation);
	expect(readArrival(location, history)).toBeNull();
});

test('anything else behind the # is no invitation', () => {
	for (const hash of ['#join=', '#join=short', `#leave=${b64u(randomBytes(32))}`, '#']) {
		history.replaceState(null, '', `/desk${hash}`);
		expect(readArrival(location, history)).toBeNull();
	}
});
