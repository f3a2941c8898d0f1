/** Who lost the words asks to be taken off: sealed like a name, under a key of its own; `group_id` and `attestation` where a mailbox was proven. */
export interface LostWordsRow {
	letter: string;
	key: string;
	group_id: string | null;
	sealed: string;
	authenticator: string;
	attestation: string | null;
}
