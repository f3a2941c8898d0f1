import { expect, test } from 'vitest';
import { TypedTexts } from '../../../web/desk/typed-texts.ts';

/** Whether the browser would ask before it closes or reloads the page. */
const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

test('leaving the page asks first while something is typed and not sent', () => {
	const typed = new TypedTexts();
	expect(asksBeforeLeaving()).toBe(false);
	typed.set('reply.from', 'The board').set('reply.text', 'We see it differently.');
	expect([...typed.values()]).toEqual(['The board', 'We see it differently.']);
	expect(asksBeforeLeaving()).toBe(true);
	typed.delete('reply.from');
	expect(asksBeforeLeaving()).toBe(true);
	typed.set('reply.text', ' ');
	expect(asksBeforeLeaving()).toBe(false);
	typed.set('reply.text', 'Differently.').clear();
	expect(asksBeforeLeaving()).toBe(false);
});
