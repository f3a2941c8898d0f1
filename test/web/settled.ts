/** Until what a press began has come to an end: on a busy machine that is not a matter of turns. */
import { LitElement } from 'lit';

/** Calls of WebCrypto that have not answered yet: work that no element says it is busy with, as checking approvals before they are shown. */
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

const isBusy = (element: Element) => element instanceof LitElement && Boolean(Reflect.get(element, 'busy'));

/** Resolves after five turns in which nothing computed, no element on the page was busy, and `element` was drawn. Whoever holds up an act looks at the page without this. */
export async function settled(element: LitElement): Promise<void> {
	for (let quiet = 0; quiet < 5; quiet++) {
		await new Promise((resolve) => setTimeout(resolve));
		await element.updateComplete;
		if (computing > 0 || [...document.querySelectorAll('*')].some(isBusy)) quiet = -1;
	}
}
