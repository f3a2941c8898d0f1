/** The signer's pages read named characters with the browser's own table, the server with a package's: where they differed, an honest letter would stop everybody. */
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { decodeHTMLStrict } from '../../../web/sign/markdown/named-characters.ts';

const { unescapeAll } = new MarkdownIt().utils;
const small = [...'abcdefghijklmnopqrstuvwxyz'];
const all = [...small, ...small.map((one) => one.toUpperCase())];

const pairs = all.flatMap((one) => [...all, ...'0123456789'].map((two) => one + two));
const triples = small.flatMap((one) => small.flatMap((two) => small.map((three) => one + two + three)));
const others = [
	...[
		'nbsp',
		'mdash',
		'ndash',
		'eacute',
		'Eacute',
		'szlig',
		'hellip',
		'rsquo',
		'ldquo',
		'shy',
		'zwnj',
		'rlm',
		'semi',
		'quot',
		'apos',
	],
	...[
		'AMP',
		'Amp',
		'LT',
		'COPY',
		'notit',
		'notin',
		'ampx',
		'copyright',
		'NotEqualTilde',
		'nvlt',
		'fjlig',
		'bne',
		'ThickSpace',
		'there4',
		'frac12',
	],
	...[
		'CounterClockwiseContourIntegral',
		'NotNestedGreaterGreater',
		'constructor',
		'toString',
		'hasOwnProperty',
		'NewLine',
		'Tab',
		'bsemi',
	],
];

test('named characters are what the server takes them for, and what is no name stays as it stands', () => {
	const references = [...pairs, ...triples, ...others].map((name) => `&${name};`);
	const differing = references.filter((reference) => decodeHTMLStrict(reference) !== unescapeAll(reference));
	expect(differing).toEqual([]);
	expect(references.filter((reference) => decodeHTMLStrict(reference) !== reference).length).toBeGreaterThan(200);
	expect(decodeHTMLStrict('&mdash;&mdash;')).toBe('&mdash;&mdash;');
	expect(decodeHTMLStrict('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
});
