import { readFileSync } from 'node:fs';
import { parseAst } from 'vite';

type Node = { type: string; start: number } & Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/**
 * Texts of a source file that people would read in English whatever their language is: words in markup or in what is read out of it, and strings of several words,
 * that do not go through `msg`. Not what an Error or a Fault of the protocol says: it is for whoever looks into it.
 * @returns each with its file and line
 */
export function forgottenWords(file: string): string[] {
	const source = readFileSync(file, 'utf8');
	const found: string[] = [];
	const visit = (node: Node): void => {
		if (isSaid(node)) return;
		const text = textOf(node);
		if (text !== '') found.push(`${file}:${source.slice(0, node.start).split('\n').length}: ${text}`);
		const within = node.type === 'TaggedTemplateExpression' && isNode(node.quasi) ? node.quasi.expressions : node;
		for (const part of Object.values(Object(within)).flat()) if (isNode(part)) visit(part);
	};
	visit(parseAst(source, { lang: 'ts' }) as unknown as Node);
	return found;
}

const nameOf = (callee: unknown) => (isNode(callee) && callee.type === 'Identifier' ? callee.name : null);

/** Of errors that a person is told of, one names what they typed. */
const TOLD = /^(address|voucher|words|name|mine)-|^attestation-missing$|^statement-label$/;

function isSaid({ type, callee, arguments: given }: Node): boolean {
	if (type === 'ImportDeclaration') return true;
	if (type === 'CallExpression') return nameOf(callee) === 'msg';
	if (type !== 'NewExpression') return false;
	const code = Array.isArray(given) && isNode(given[0]) ? String(given[0].value) : '';
	return nameOf(callee) === 'Fault' ? !TOLD.test(code) : /Error$|^WithoutFingerprint$/.test(String(nameOf(callee)));
}

/** As a sentence has them: classes of styles and lists of words have neither a capital nor a mark. */
const SEVERAL = /\p{L}{2,}[,:;]? \p{L}.*[.?!…]|^\s*\p{Lu}\p{L}*[,:;]? \p{L}/u;
const READ_OUT = /(?:aria-label|alt|placeholder|title)="[^"{]*\p{L}/u;

function textOf(node: Node): string {
	if (node.type === 'Literal' && typeof node.value === 'string') return SEVERAL.test(node.value) ? node.value : '';
	if (node.type === 'TemplateLiteral') return SEVERAL.test(literally(node)) ? literally(node) : '';
	if (node.type !== 'TaggedTemplateExpression' || nameOf(node.tag) !== 'html' || !isNode(node.quasi)) return '';
	const markup = literally(node.quasi);
	const words = markup.replace(/<[^>]*>/g, ' ').trim();
	return /\p{L}{2,}/u.test(words) ? words : (READ_OUT.exec(markup)?.[0] ?? '');
}

/** What stands in a template, without its values. */
function literally({ quasis }: Node): string {
	const parts = Array.isArray(quasis) ? quasis : [];
	return parts.map((part) => (isNode(part) ? String(Reflect.get(Object(part.value), 'cooked')) : '')).join('{}');
}
