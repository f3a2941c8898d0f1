import { expect, test } from 'vitest';
import { changeRecord, emptyRecord, readRecord } from '../../../shared/client/signer-record.ts';
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

test('two tabs that change one record at the same time lose nothing of each other', async () => {
	const [one, other] = [(await openDeviceKeep()).keep, (await openDeviceKeep()).keep];
	const blank = emptyRecord('root', 'letter');
	await Promise.all([
		changeRecord(one, blank, { seed: 'AAAA' }),
		changeRecord(other, blank, { link: 'link' }),
		changeRecord(one, blank, { turn: 1 }),
		changeRecord(other, blank, { appear: { shown: 'anonymous', label: null, condition: null } }),
	]);
	expect(await readRecord(one, 'root')).toMatchObject({ seed: 'AAAA', link: 'link', turn: 1, appear: {} });
	expect(await other.read('link/link')).toBe('root');
	for (const name of await one.names()) await one.erase(name);
});

test('a record that another version wrote is not written over', async () => {
	const { keep } = await openDeviceKeep();
	await keep.write('signer/root', '{"seed":"AAAA","later":true}');
	await expect(changeRecord(keep, emptyRecord('root', 'letter'), { turn: 1 })).rejects.toThrow('Another version');
	expect(await keep.read('signer/root')).toBe('{"seed":"AAAA","later":true}');
	expect(await keep.names()).toEqual(['signer/root']);
	await keep.erase('signer/root');
});
