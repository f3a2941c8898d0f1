/** Until what a press began has come to an end: on a busy machine that is not a matter of turns. */
import { LitElement } from 'lit';

/** Milliseconds after which it says what never ended, before the test's own time is over. */
const PATIENCE = 90_000;

/** Calls of WebCrypto that have not answered yet: work that no element says it is busy with, as checking approvals before they are shown. Those of workers are not seen. */
let computing = 0;

for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(SubtleCrypto.prototype))) {
	if (typeof value !== 'function' || name === 'constructor') continue;
	const counted = async function (this: SubtleCrypto, ...args: unknown[]): Promise<unknown> {
		computing++;
		try {
			return await Reflect.apply(value, this, args);
		} finally {
			computing--;
		}
	};
	Reflect.set(SubtleCrypto.prototype, name, counted);
}

const busyElement = () =>
	[...document.querySelectorAll('*')].find((one) => one instanceof LitElement && Boolean(Reflect.get(one, 'busy')));

/**
 * Resolves after five turns in which nothing computed, no element on the page was busy, and `element` was drawn. Whoever holds up an act looks at the page without this. Work of
 * another kind (comparing names in slices, say) is waited for by what it brings onto the page.
 */
export async function settled(element: LitElement): Promise<void> {
	const until = performance.now() + PATIENCE;
	for (let quiet = 0; quiet < 5; quiet++) {
		await new Promise((resolve) => setTimeout(resolve));
		await element.updateComplete;
		const busy = busyElement();
		if (computing === 0 && busy === undefined) continue;
		if (performance.now() > until) throw new Error(`${busy?.localName ?? 'WebCrypto'} is still at work.`);
		quiet = -1;
	}
}
