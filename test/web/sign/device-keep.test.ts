import { expect, test } from 'vitest';
import { openDeviceKeep } from '../../../web/sign/device-keep.ts';

test('what was written is there when the page is opened again, until it is erased', async () => {
	const { keep, lasting } = await openDeviceKeep();
	expect(lasting).toBe(true);
	await keep.write('signer/a', '{"seed":"…"}');
	await keep.write('link/b', 'a');
	const again = (await openDeviceKeep()).keep;
	expect(await again.read('signer/a')).toBe('{"seed":"…"}');
	expect((await again.names()).sort()).toEqual(['link/b', 'signer/a']);
	await again.erase('signer/a');
	await again.erase('link/b');
	expect(await keep.read('signer/a')).toBeNull();
	expect(await keep.names()).toEqual([]);
});
