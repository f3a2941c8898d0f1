/** What runs in the page while it is measured: each function is handed over as its text, and knows nothing but the page. */

/** Milliseconds, of the page's own clock: whoever drives the browser takes a third of a second more, to look for the button and for the table. */
export interface Watched {
	pressed: number;
	shown: number;
	/** Of each task of more than LONG. */
	tasks: number[];
}

/** Runs in the page: writes down from now on when somebody pressed, when a row of the table was drawn, and each long task (W3C, Long Tasks). */
export function watchOpening(): void {
	const watched: Watched = { pressed: 0, shown: 0, tasks: [] };
	Reflect.set(globalThis, 'watched', watched);
	addEventListener('click', ({ timeStamp }) => (watched.pressed = timeStamp), { capture: true, once: true });
	// Where the page changes, not at each frame: sixty a second would have to be drawn for nobody but this.
	const changes = new MutationObserver(() => {
		if (document.querySelector('names-table tbody tr') === null) return;
		changes.disconnect();
		// The second frame begins when the first was drawn.
		requestAnimationFrame(() => requestAnimationFrame(() => (watched.shown = performance.now())));
	});
	changes.observe(document, { childList: true, subtree: true });
	new PerformanceObserver((list) => watched.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
		type: 'longtask',
	});
}

/** Runs in the page: once the frame with the table is drawn, and the browser has told of its tasks. */
export async function whatWasWatched(): Promise<Watched> {
	for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
	await new Promise((resolve) => setTimeout(resolve, 100));
	return Reflect.get(globalThis, 'watched') as Watched;
}

/** Scrolls through the table, quickly at first, then by the screen; then searches and sorts. Two frames for each: what a press began is drawn. */
export async function useNames(): Promise<void> {
	const find = <T extends Element>(selector: string) => {
		const found = document.querySelector<T>(selector);
		if (found === null) throw new Error(`There is no ${selector}.`);
		return found;
	};
	const drawn = async () => {
		for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
	};
	const box = find('.names-scroll');
	for (const screens of [30, 0.8]) {
		for (let turn = 1; turn <= 10; turn++) {
			box.scrollTop = turn * screens * box.clientHeight;
			await drawn();
		}
	}
	const field = find<HTMLInputElement>('#find-name');
	for (const typed of ['m', 'ma', 'mar', '']) {
		field.value = typed;
		field.dispatchEvent(new Event('input', { bubbles: true }));
		await drawn();
	}
	for (const order of document.querySelectorAll<HTMLElement>('names-table button.sort')) {
		order.click();
		await drawn();
	}
}
