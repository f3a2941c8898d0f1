import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Desk } from './desk.ts';

/**
 * The root that this browser walked the chain from, for what hands links on: null until then, since a link with somebody else's fingerprint must not be
 * handed on. Why it is null, and what to do, <desk-known> says.
 */
export class KnownRoot implements ReactiveController {
	value: string | null = null;
	readonly #host: ReactiveControllerHost & { desk: Desk };

	constructor(host: ReactiveControllerHost & { desk: Desk }) {
		this.#host = host;
		host.addController(this);
	}

	hostUpdated(): void {
		const { desk } = this.#host;
		if (this.value !== null || desk?.organizer == null || desk.view == null) return;
		desk.standing().then(
			({ root }) => {
				this.value = root;
				this.#host.requestUpdate();
			},
			() => {},
		);
	}
}
