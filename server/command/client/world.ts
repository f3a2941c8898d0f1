/** What the clients here need of the server that they drive, beside its HTTP API: what people get by other ways. */
export interface World {
	/** Such as `http://localhost:3000`. */
	readonly origin: string;
	/** The server's time, as far as is known; it may have been moved. */
	now(): Date;
	/** An invitation to start a letter, as the host hands it out: b64u. */
	invitation(): Promise<string>;
	/** The eight digits in the next mail to this address that nobody read yet. @throws Error when none comes */
	code(address: string): Promise<string>;
}
