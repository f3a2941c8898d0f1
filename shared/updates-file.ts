/** updates.json beside a released letter (docs/protocol.md, section 10): its posts with their approvals, one a line, so that the file has one spelling. */
import * as v from 'valibot';
import { type Approval, approvalSchema } from './approval.ts';
import { bytes32, type DocumentSchema, readDocument } from './document.ts';
import { Fault } from './fault.ts';
import { LIMITS } from './limits.ts';
import { type FileSource, fileLines } from './lines.ts';
import { type Post, postSchema, type StandingPost, writePost } from './post.ts';
import { writeApprovals } from './release.ts';

/** Its name, beside the release. */
export const UPDATES_PATH = 'updates.json';

export type Updates = { root: string; posts: StandingPost[] };

const FORMAT = '{"format":"undersigned updates 1",';
const ROOT = /^"root":"([A-Za-z0-9_-]{43})",$/;
const postLine: DocumentSchema<{ post: Post; approvals: Approval[] }> = v.strictObject({
	post: postSchema,
	approvals: v.pipe(v.array(approvalSchema), v.maxLength(LIMITS.organizers)),
});

/** The whole file as text, each line ended by "\n". @param root of the letter, b64u. @param posts in the order in which they were agreed, read or made by this code */
export function writeUpdates(root: string, posts: readonly StandingPost[]): string {
	const lines = posts.map(
		({ document, approvals }, i) =>
			`{"post":${document},"approvals":${writeApprovals(approvals)}}${i === posts.length - 1 ? '' : ','}`,
	);
	return [FORMAT, `"root":"${root}",`, '"posts":[', ...lines, ']', '}', ''].join('\n');
}

/**
 * Its form only: `showPosts` verifies what stands in it.
 * @throws Fault `updates-form`, `document-*`, `line-too-long`, `encoding`, whose place names the line, and on a post's line the post
 */
export async function readUpdates(source: FileSource): Promise<Updates> {
	const lines = fileLines(source, LIMITS.postLine);
	let last = 0;
	const next = async (): Promise<string> => {
		const line = await lines.next();
		last += 1;
		if (line.done) return refuse(last, 'The file ends here, before its end: it is cut off.');
		return line.value.text;
	};
	const expect = async (text: string): Promise<void> => {
		if ((await next()) !== text) refuse(last, `This line should be ${text}`);
	};

	await expect(FORMAT);
	const root = ROOT.exec(await next())?.[1];
	if (root === undefined || !v.is(bytes32, root)) return refuse(last, 'This line names no letter.');
	await expect('"posts":[');
	const posts: StandingPost[] = [];
	for (let more: boolean | null = null; ; ) {
		const line = await next();
		if (line === ']') {
			if (more) refuse(last, 'A comma announces one more post, but the list ends here.');
			break;
		}
		if (more === false) refuse(last, 'A post follows one without a comma.');
		if (posts.length === LIMITS.posts) refuse(last, `There are more than ${LIMITS.posts} posts.`);
		more = line.endsWith(',');
		const place = `line ${last}, post ${posts.length + 1}`;
		const { post, approvals } = readDocument(postLine, more ? line.slice(0, -1) : line, place, LIMITS.postLine);
		posts.push({ document: writePost(post), approvals });
	}
	await expect('}');
	if (!(await lines.next()).done) refuse(last + 1, 'Something follows the end of the file.');
	return { root, posts };
}

function refuse(line: number, message: string): never {
	throw new Fault('updates-form', `line ${line}`, message);
}
