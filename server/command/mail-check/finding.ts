/** What was found of one kind of record. */
export interface Finding {
	name: 'SPF' | 'DKIM' | 'DMARC';
	good: boolean;
	/** In plain words: what there is or is not, and what to publish. */
	says: string;
	/** The record as it stands, or the one to begin with. */
	record?: string;
}
