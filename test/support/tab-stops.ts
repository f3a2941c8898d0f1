/** What somebody meets who has no mouse, in the words of a screen reader: roles and names as Chromium computes them for one. */
import type { CDPSession, Page } from 'playwright';

/** Longer than any page of ours has stops. */
const MOST = 60;
const sessions = new WeakMap<Page, Promise<CDPSession>>();

interface Spoken {
	/** `button "Continue"`, with what else is said of it: `radio "By name", checked`. */
	text: string;
	/** By what `aria-describedby` names, such as a hint and an error. */
	description: string;
	/** Of this element and no other. */
	node: number;
}

/** Of the element that has the focus; null where none has. */
async function focused(page: Page): Promise<Spoken | null> {
	const known = sessions.get(page) ?? page.context().newCDPSession(page);
	sessions.set(page, known);
	const cdp = await known;
	const { result } = await cdp.send('Runtime.evaluate', { expression: 'document.activeElement' });
	if (result.objectId === undefined || result.className === 'HTMLBodyElement') return null;
	const { nodes } = await cdp.send('Accessibility.getPartialAXTree', {
		objectId: result.objectId,
		fetchRelatives: false,
	});
	const [node] = nodes;
	if (node?.backendDOMNodeId === undefined) return null;
	const states = (node.properties ?? []).flatMap(({ name, value }) => {
		if (name === 'checked' && value.value === 'true') return ', checked';
		if (name === 'expanded') return value.value ? ', open' : ', closed';
		return name === 'invalid' && value.value === 'true' ? ', wrong' : [];
	});
	const text = `${node.role?.value} "${node.name?.value}"${states.join('')}`;
	return { text, description: String(node.description?.value ?? ''), node: node.backendDOMNodeId };
}

/** What is said where the focus is. */
export const heard = async (page: Page): Promise<string> => (await focused(page))?.text ?? 'nothing';

/** What is said there in addition. */
export const described = async (page: Page): Promise<string> => (await focused(page))?.description ?? '';

/** Every stop from where the focus is, in their order, past the end of the page and on from its beginning until they come again. */
export async function tabStops(page: Page): Promise<string[]> {
	const stops = new Map<number, string>();
	let ended = false;
	while (stops.size < MOST) {
		await page.keyboard.press('Tab');
		const at = await focused(page);
		if (at === null ? ended : stops.has(at.node)) return [...stops.values()];
		if (at === null) ended = true;
		else stops.set(at.node, at.text);
	}
	throw new Error(`More than ${MOST} stops: ${[...stops.values()].join(', ')}`);
}

/** Presses Tab until the focus is there. @param text as `heard` says it, or how that begins */
export async function tabTo(page: Page, text: string): Promise<void> {
	const passed: string[] = [];
	for (let presses = 0; presses < MOST; presses++) {
		const at = await heard(page);
		if (at.startsWith(text)) return;
		passed.push(at);
		await page.keyboard.press('Tab');
	}
	throw new Error(`There is no ${text} among ${passed.join(', ')}.`);
}
