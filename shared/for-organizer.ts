/**
 * Header of a request: the id of the organizer whose desk asks. A browser has one cookie for all its tabs, so a desk that stayed open in one tab would go on in the session of
 * another that was opened in the next. Without the header it is whoever's session it is. Proven by test/server/organizer/sessions.test.ts.
 */
export const FOR_ORGANIZER = 'for-organizer';
