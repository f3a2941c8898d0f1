/** What is wrong with something that was refused: one closed union of codes, and the place. */

export type FaultCode =
	// form
	| 'encoding'
	| 'document-too-long'
	| 'document-form'
	| 'document-not-canonical'
	// charter and its chain
	| 'charter-duplicate'
	| 'charter-threshold'
	| 'charter-dates'
	| 'charter-group'
	| 'charter-headcount'
	| 'issuer-key'
	| 'chain-root'
	| 'chain-previous'
	| 'chain-changed'
	| 'chain-text'
	| 'approval-missing'
	| 'approval-invalid'
	| 'approval-twice'
	// proof
	| 'address-not-ascii'
	| 'address-format'
	| 'address-role'
	| 'address-domain'
	| 'domain-format'
	| 'domain-not-ascii'
	| 'domain-public'
	| 'domain-disposable'
	| 'domain-look-alike'
	| 'voucher-format'
	| 'voucher-check'
	| 'credential-invalid'
	| 'issuer-dishonest'
	| 'attestation-invalid'
	| 'attestation-missing'
	| 'attestation-unexpected'
	// signature
	| 'words-count'
	| 'words-unknown'
	| 'words-check'
	| 'name-characters'
	| 'name-length'
	| 'statement-root'
	| 'statement-text'
	| 'statement-group'
	| 'statement-label'
	| 'authenticator-invalid'
	| 'withdrawal-invalid'
	| 'turn-too-low'
	// sealed names
	| 'sealed-form'
	| 'sealed-mismatch'
	| 'sealed-unreadable'
	| 'share-mismatch'
	| 'shares-missing'
	| 'contribution-unreadable'
	| 'display-mismatch'
	| 'label-mismatch'
	| 'mailbox-mismatch'
	// release file
	| 'release-form'
	| 'line-too-long'
	| 'order'
	| 'key-twice'
	| 'entry-mismatch'
	| 'strike-invalid'
	| 'tally-mismatch'
	| 'condition-unmet'
	| 'cell-too-small'
	| 'host-authenticator'
	// after the release
	| 'updates-form'
	| 'post-unknown'
	| 'post-twice'
	// "this one is mine"
	| 'mine-form'
	| 'mine-letter'
	| 'mine-journalist'
	| 'mine-challenge'
	| 'mine-unknown'
	| 'mine-altered';

/** Thrown for every refused document. `place` names where (a field, a line, a signature); the message says what to do or what is wrong. */
export class Fault extends Error {
	readonly code: FaultCode;
	readonly place: string;

	constructor(code: FaultCode, place: string, message: string) {
		super(message);
		this.name = 'Fault';
		this.code = code;
		this.place = place;
	}
}
