/** Every route of the server, as its own router has it, and what it reads: a route that is not in here fails test/server/hostile-requests.test.ts. */
import * as v from 'valibot';
import { createApp } from '../../server/app.ts';
import type { Deps } from '../../server/deps.ts';
import { daySheetRequest } from '../../shared/api/day.ts';
import * as desk from '../../shared/api/desk.ts';
import { restoreRequest } from '../../shared/api/draft-versions.ts';
import { embargoLinkRequest } from '../../shared/api/embargo.ts';
import { lostWordsRequest } from '../../shared/api/lost-words.ts';
import * as post from '../../shared/api/post.ts';
import * as readiness from '../../shared/api/readiness.ts';
import * as roster from '../../shared/api/roster.ts';
import * as signing from '../../shared/api/signing.ts';
import { suspensionRequest } from '../../shared/api/suspension.ts';

const nothing = v.strictObject({});

/** By method and path; null where no body is read. */
export const bodySchemas: Record<string, v.GenericSchema | null> = {
	'POST /api/confirmations': signing.confirmationRequest,
	'POST /api/confirmations/work': nothing,
	'POST /api/confirmations/follow': signing.followRequest,
	'POST /api/proofs': signing.proofRequest,
	'POST /api/vouchers': signing.voucherRequest,
	'POST /api/vouchers/look': signing.voucherLookRequest,
	'POST /api/signatures': signing.signatureRequest,
	'POST /api/signatures/own': signing.ownRequest,
	'POST /api/leave': null,
	'POST /api/withdrawals': signing.withdrawalRequest,
	'POST /api/lost-words': lostWordsRequest,
	'POST /api/desk/start': null,
	'POST /api/desk/invitations/look': desk.invitationLook,
	'POST /api/desk/enrol/options': desk.enrolOptionsRequest,
	'POST /api/desk/enrol': desk.enrolRequest,
	'POST /api/desk/login/options': nothing,
	'POST /api/desk/login': desk.loginRequest,
	'POST /api/desk/login/words/options': nothing,
	'POST /api/desk/login/words': desk.wordsLoginRequest,
	'POST /api/desk/logout': null,
	'POST /api/desk/passkeys/options': nothing,
	'POST /api/desk/passkeys': desk.passkeyRequest,
	'PUT /api/desk/seed': desk.seedRequest,
	'POST /api/desk/words-checked': nothing,
	'PUT /api/desk/test-names': readiness.testNamesRequest,
	'POST /api/desk/test-names/opened': readiness.testNameOpened,
	'POST /api/desk/test-mails': readiness.testMailRequest,
	'POST /api/desk/test-mails/confirm': readiness.testMailConfirm,
	'POST /api/desk/charter/compared': readiness.comparedRequest,
	'PUT /api/desk/draft': desk.draftRequest,
	'POST /api/desk/draft/restore': restoreRequest,
	'POST /api/desk/freeze': desk.freezeRequest,
	'POST /api/desk/charter/approve': desk.approveCharterRequest,
	'POST /api/desk/invitations': desk.noteRequest,
	'DELETE /api/desk/invitations/:id': null,
	'DELETE /api/desk/organizers/:id': null,
	'POST /api/desk/links': desk.noteRequest,
	'DELETE /api/desk/links/:link': null,
	'POST /api/desk/vouchers': desk.voucherBatchRequest,
	'DELETE /api/desk/vouchers/:batch': null,
	'POST /api/desk/mailings': roster.mailingRequest,
	'POST /api/desk/mailings/approve': roster.approveMailingRequest,
	'DELETE /api/desk/mailings/:id/approval': null,
	'PUT /api/desk/mailings/:id': roster.turnMailingRequest,
	'POST /api/desk/decisions': desk.decisionRequest,
	'DELETE /api/desk/decisions/:kind': null,
	'POST /api/desk/suspensions': suspensionRequest,
	'DELETE /api/desk/suspensions/:organizer': null,
	'PUT /api/desk/day': daySheetRequest,
	'POST /api/desk/amendments': desk.amendmentRequest,
	'POST /api/desk/amendments/approve': desk.approveCharterRequest,
	'DELETE /api/desk/amendments/:fingerprint': null,
	'PUT /api/desk/contribution': desk.contributionRequest,
	'PUT /api/desk/strikes': desk.strikeRequest,
	'PUT /api/desk/release': desk.releaseDraftRequest,
	'DELETE /api/desk/release': null,
	'POST /api/desk/release/approve': desk.approveReleaseRequest,
	'DELETE /api/desk/release/approve': null,
	'POST /api/desk/stop': desk.stopRequest,
	'POST /api/desk/posts': post.postRequest,
	'POST /api/desk/posts/approve': post.approvePostRequest,
	'DELETE /api/desk/posts/:subject': null,
	'POST /api/desk/late-strikes': post.lateStrikeRequest,
	'DELETE /api/desk/late-strikes/:digest/:reason': null,
	'POST /api/desk/embargo-links': embargoLinkRequest,
	'DELETE /api/desk/embargo-links/:id': null,
	// A form, not JSON: test/server/pages/report.test.ts.
	'POST /report': null,
	// Development mode's own, which is tested in test/server/dev/dev-api.test.ts.
	'POST /dev/clock': null,
	'POST /dev/invitation': null,
	'POST /dev/tick': null,
};

/** The desk's routes for whoever has no session yet, or does not need one. */
export const deskWithoutSession: readonly string[] = [
	'POST /api/desk/start',
	'POST /api/desk/invitations/look',
	'POST /api/desk/enrol/options',
	'POST /api/desk/enrol',
	'POST /api/desk/login/options',
	'POST /api/desk/login',
	'POST /api/desk/login/words/options',
	'POST /api/desk/login/words',
	'POST /api/desk/logout',
];

export interface Route {
	method: string;
	/** With its parameters, such as `/api/desk/links/:link`. */
	path: string;
	name: string;
}

/** From the router itself, each once. Middleware stands among them as method ALL. */
export function routesOf(deps: Deps): Route[] {
	const names = new Set(createApp(deps).routes.map(({ method, path }) => `${method} ${path}`));
	return [...names].map((name) => {
		const [method = '', path = ''] = name.split(' ');
		return { method, path, name };
	});
}

/** The path with a value in each place of a parameter. */
export const filled = (path: string, value: string): string => path.replace(/:[a-z]+/g, value).replace(/\*$/, value);
