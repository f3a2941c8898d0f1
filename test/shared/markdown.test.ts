import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownFaults, renderMarkdown, renderReferences } from '../../shared/markdown.ts';

const one = ['A source.'];

describe('what a letter may hold', () => {
	test('paragraphs, emphasis, lists, quotations, links, and headings one step down', () => {
		const text = '# Why\n\nWe **refuse**.\n\n- a\n- b\n\n> c\n\n[site](https://a.example)';
		expect(markdownFaults(text, [])).toEqual([]);
		const html = renderMarkdown(text, []);
		expect(html).toContain('<h2>Why</h2>');
		expect(html).toContain('<strong>refuse</strong>');
		expect(html).toContain('<a href="https://a.example" rel="noopener noreferrer nofollow">site</a>');
	});

	test.each([
		['# Why\n\n### How', '<h2>Why</h2><h3>How</h3>'],
		['### Why\n\n###### How', '<h2>Why</h2><h3>How</h3>'],
		['## Before\n\n# Why\n\n## How', '<h2>Before</h2><h2>Why</h2><h3>How</h3>'],
	])('its headings follow the title without a step left out: %j', (text, html) => {
		expect(renderMarkdown(text, []).replaceAll('\n', '')).toBe(html);
	});

	test('[1] leads to the first reference; \\[1] and [1](…) do not', () => {
		expect(renderMarkdown('So it is.[1]', one)).toContain(
			'.<sup><a href="#reference-1" role="doc-noteref">1</a></sup>',
		);
		expect(renderMarkdown('\\[1]', one)).toBe('<p>[1]</p>\n');
		expect(renderMarkdown('[1](https://a.example)', one)).toContain('href="https://a.example"');
		expect(renderReferences(['See https://a.example/x?a=1&b=2.'])).toBe(
			'<ol class="references"><li id="reference-1">See <a href="https://a.example/x?a=1&amp;b=2" rel="noopener noreferrer nofollow">https://a.example/x?a=1&amp;b=2</a>.</li></ol>',
		);
	});
});

describe('what is refused, with its line and a reason', () => {
	test.each([
		['first\n\n<div onclick="x()">\n\nlast', 3, 'HTML'],
		['a\nb <b>c</b>', 2, 'HTML'],
		['![cat](https://a.example/cat.png)', 1, 'images'],
		['[x](javascript:alert(1))', 1, 'https://'],
		['[x](data:text/html,x)', 1, 'https://'],
		['[x](/l/here)', 1, 'https://'],
		['<ftp://a.example>', 1, 'https://'],
		['first\n\n[x]\n\n[x]: https://a.example', 5, 'right behind its words'],
		['> [x]: https://a.example', 1, 'right behind its words'],
		['So.[2]', 1, 'no reference 2'],
	])('%j', (text, line, reason) => {
		expect(markdownFaults(text, one)[0]).toEqual({ line, reason: expect.stringContaining(reason) });
	});
});

describe('rendering is safe whatever the text', () => {
	test('an address that stands there once is not copied to each place that names it: no text makes a page that is many times as long', () => {
		const repeated = `[a]: http://${'x'.repeat(20_000)}\n\n${'[a] '.repeat(4_000)}`;
		expect(renderMarkdown(repeated, []).length).toBeLessThan(2 * repeated.length);
		for (const unit of ['[1]', '[a](http://b)', '<http://b>', '&', '"', '*a*', '>\n\n', '- \n', '#\n']) {
			const text = unit.repeat(10_000 / unit.length);
			expect([unit, renderMarkdown(text, one).length < 25 * text.length]).toEqual([unit, true]);
		}
	});

	const hostile = fc.array(
		fc.oneof(
			fc.string(),
			fc.constantFrom(
				'<script>',
				'</p>',
				'<img src=x onerror=y>',
				'](javascript:x)',
				'![',
				'[',
				'"',
				"'",
				'&quot;',
				'[1]',
			),
			fc.constantFrom(
				'\n\n',
				'`',
				'<!--',
				'<a href="',
				'https://a.example/"onclick=',
				'[x]: data:y\n',
				'&#106;avascript:',
			),
		),
	);
	const allowed = /^<\/?(p|h2|h3|strong|em|s|ul|ol|li|blockquote|br|hr|code|sup)( start="\d+")?>$/;
	const link =
		/^<a href="(https?:\/\/|mailto:|#reference-\d)[^"<>]*"( title="[^"<>]*")? (rel="noopener noreferrer nofollow"|role="doc-noteref")>$|^<\/a>$/i;
	const item = /^<li id="reference-\d+">$|^<ol class="references">$/;

	test('only known elements, without other attributes, and only links that lead to the web or to mail', () => {
		fc.assert(
			fc.property(hostile, (parts) => {
				const text = parts.join('');
				for (const html of [renderMarkdown(text, one), renderReferences([text])]) {
					const tags = html.match(/<[^>]*>?/g) ?? [];
					for (const tag of tags)
						expect(tag).toMatch(new RegExp(`${allowed.source}|${link.source}|${item.source}`, 'i'));
				}
			}),
		);
	});
});
