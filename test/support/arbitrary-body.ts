/** Bodies of requests that fit their schema, filled with what a hostile client would put there. */
import fc from 'fast-check';
import type { GenericSchema } from 'valibot';
import { b64u } from '../../shared/bytes.ts';

/** What is read of a valibot schema: the parts that decide which values fit. */
interface Node {
	type: string;
	entries?: Record<string, Node>;
	item?: Node;
	wrapped?: Node;
	options?: (Node | string)[];
	literal?: unknown;
	pipe?: Node[];
	requirement?: unknown;
}

const bytesAsText = (least: number, most = least) =>
	fc.uint8Array({ minLength: least, maxLength: most }).map((bytes) => b64u(new Uint8Array(bytes)));

const strange = [
	'',
	' ',
	'\0',
	'\u202e',
	'\ud800',
	'\uffff',
	"'; drop table letters; --",
	'{{7*7}}',
	'../../etc/passwd',
	'__proto__',
	'{"root":1}',
	'null',
	'kim.doe@northwind.example',
	'Kim Doe <kim@northwind.example>\r\nBcc: all@northwind.example',
	'\u{1f58b}'.repeat(60),
	'a'.repeat(5_000),
];
const times = ['2027-03-02T09:00:00Z', '2027-03-20T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];
const numbers = [0, 1, 2, 3, 20, 500, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 2, Number.MAX_SAFE_INTEGER];

/** A string that the pattern takes; `known` are real ids, keys and hashes, so that more than the first check is reached. */
function patterned({ source }: RegExp, known: readonly string[], only: boolean): fc.Arbitrary<string> {
	const fitting = known.filter((text) => new RegExp(source).test(text));
	const exact = /^\^\[A-Za-z0-9_-\]\{(\d+)\}(\[.*)?\$$/.exec(source);
	const made = () => {
		if (exact) return bytesAsText(Math.floor(((Number(exact[1]) + (exact[2] ? 1 : 0)) * 3) / 4));
		if (source === '^[A-Za-z0-9_-]+$') return bytesAsText(1, 300);
		if (source.startsWith('^\\d{4}-')) return fc.constantFrom(...times);
		return fc.stringMatching(new RegExp(source));
	};
	if (fitting.length === 0) return made();
	return only ? fc.constantFrom(...fitting) : fc.oneof(fc.constantFrom(...fitting), made());
}

function piped(parts: readonly Node[], known: readonly string[], only: boolean): fc.Arbitrary<unknown> {
	const [first = { type: 'unknown' }] = parts;
	const of = (type: string) => parts.find((part) => part.type === type)?.requirement;
	const pattern = of('regex');
	if (pattern instanceof RegExp) return patterned(pattern, known, only);
	if (first.type === 'array' && first.item) return fc.array(fitting(first.item, known, only), { maxLength: 4 });
	if (first.type !== 'number') return plain(first, known, only);
	const [least, most] = [Number(of('min_value') ?? 0), Number(of('max_value') ?? Number.MAX_SAFE_INTEGER)];
	return fc.constantFrom(...numbers.filter((n) => n >= least && n <= most));
}

function plain(node: Node, known: readonly string[], only: boolean): fc.Arbitrary<unknown> {
	const { type, entries = {}, item, wrapped, options = [] } = node;
	if (type === 'string') return fc.oneof(fc.constantFrom(...strange, ...known), fc.string({ unit: 'binary' }));
	if (type === 'boolean') return fc.boolean();
	if (type === 'number') return fc.constantFrom(...numbers);
	if (type === 'literal') return fc.constant(node.literal);
	if (type === 'picklist') return fc.constantFrom(...options);
	if (type === 'array' && item) return fc.array(fitting(item, known, only), { maxLength: 4 });
	if ((type === 'nullable' || type === 'optional') && wrapped) return fc.option(fitting(wrapped, known, only));
	if (type === 'variant') {
		return fc.oneof(...options.flatMap((one) => (typeof one === 'string' ? [] : [fitting(one, known, only)])));
	}
	if (type.endsWith('object')) {
		return fc.record(
			Object.fromEntries(Object.entries(entries).map(([name, one]) => [name, fitting(one, known, only)])),
		);
	}
	throw new Error(`a schema of type ${type} is not known here`);
}

const fitting = (node: Node, known: readonly string[], only: boolean): fc.Arbitrary<unknown> =>
	node.pipe ? piped(node.pipe, known, only) : plain(node, known, only);

/** Replaces one field by anything, or adds one. */
const disturbed = (body: fc.Arbitrary<unknown>) =>
	fc.tuple(body, fc.nat(), fc.jsonValue({ maxDepth: 2 })).map(([whole, at, other]) => {
		if (typeof whole !== 'object' || whole === null) return other;
		const names = [...Object.keys(whole), 'unexpected', '__proto__'];
		return Object.fromEntries([...Object.entries(whole), [names[at % names.length], other]]);
	});

/** Bodies that fit, with these values wherever one of them fits: the same `count` each time. */
export function bodyAbout(schema: GenericSchema, values: readonly string[], count = 1): Record<string, unknown>[] {
	const fits = fitting(schema as unknown as Node, values, true);
	return fc.sample(fits, { numRuns: count, seed: 1 }) as Record<string, unknown>[];
}

/** @param known real ids, keys and hashes of the server under test */
export function bodiesFor(schema: GenericSchema, known: readonly string[]): fc.Arbitrary<unknown> {
	const fits = fitting(schema as unknown as Node, known, false);
	return fc.oneof(
		{ arbitrary: fits, weight: 5 },
		{ arbitrary: disturbed(fits), weight: 2 },
		{ arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
	);
}
