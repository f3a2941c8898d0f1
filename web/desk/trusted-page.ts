/** The one place where the desk turns a string into a document or a program: pages made by our own templates, which escape, and what is pasted, which is only read; and programs that were built with it. */
type Policy = { createHTML(page: string): string; createScriptURL(address: string): string };
type TrustedTypes = { createPolicy(name: string, rules: Policy): Policy };

const rules: Policy = {
	createHTML: (page) => page,
	createScriptURL: (address) => {
		if (new URL(address, location.href).origin !== location.origin) throw new Error('This is not a program of ours.');
		return address;
	},
};
const factory = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
const policy = factory ? factory.createPolicy('undersigned', rules) : rules;

/** Puts a page into a frame that runs no script. */
export function showPage(frame: HTMLIFrameElement, page: string): void {
	// Same origin, so that the style sheet and its fonts load; no scripts, no forms, no way out.
	frame.setAttribute('sandbox', 'allow-same-origin');
	frame.srcdoc = policy.createHTML(page);
}

/** A document of its own that loads and runs nothing (DOMParser's have no browsing context). Of strangers' HTML it is read, and never put into a page. */
export function parsePage(page: string): Document {
	return new DOMParser().parseFromString(policy.createHTML(page), 'text/html');
}

/** @param address of a program that was built with the desk, as its import says it */
export function startProgram(address: string): Worker {
	return new Worker(policy.createScriptURL(address), { type: 'module' });
}
