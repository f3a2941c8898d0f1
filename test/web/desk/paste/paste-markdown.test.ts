import { expect, test } from 'vitest';
import { markdownFaults, renderMarkdown } from '../../../../shared/markdown.ts';
import { pastedMarkdown } from '../../../../web/desk/paste/paste-markdown.ts';
import { codeEditor, googleDocs, libreOffice, word } from './clipboards.ts';

test('from Word: headings, lists in lists, links, bold and italic stay; pictures, scripts and its own marks do not', async () => {
	expect(await pastedMarkdown(word)).toEqual({
		markdown: [
			'# What we ask',
			'We build what this company **sells abroad**.[1] Read [the _contract_](https://northwind.example/contract).',
			'- End it\n  - at once\n- Publish it',
			'1. First\n2. Second',
			'Yours,',
		].join('\n\n'),
		pictures: true,
	});
});

test('from Google Docs: the wrapper is not bold, what is styled bold is; a list in a list; no detour in links', async () => {
	expect((await pastedMarkdown(googleDocs))?.markdown).toBe(
		[
			'## What we ask',
			'We build what it **sells** _abroad_. [The contract](https://northwind.example/contract)',
			'- End it\n  - at once\n- Publish it',
		].join('\n\n'),
	);
});

test('from LibreOffice: a link to a file of one’s own is text', async () => {
	expect((await pastedMarkdown(libreOffice))?.markdown).toBe(
		[
			'### What we ask',
			'We build what it **sells** _abroad_. [Write to us](mailto:r@letter.example)',
			'1. End it\n2. Publish it',
			'our notes',
		].join('\n\n'),
	);
});

test('what comes without structure is left to the plain text', async () => {
	expect(await pastedMarkdown(codeEditor)).toBeNull();
	expect(await pastedMarkdown('<meta charset="utf-8"><span>one line</span>')).toBeNull();
});

test('what comes out is what a letter may hold, and reads as it did', async () => {
	const pasted = (await pastedMarkdown(word))?.markdown ?? '';
	expect(markdownFaults(pasted, ['A source.'])).toEqual([]);
	const html = renderMarkdown(pasted, ['A source.']);
	expect(html).toContain('<strong>sells abroad</strong>');
	expect(html).toMatch(/<li>End it\s*<ul>\s*<li>at once<\/li>/);
	const sly = '<p>a</p><p><b>5 * 3 &lt;b&gt; # not</b></p><a href="javascript:alert(1)">press</a>';
	const plain = (await pastedMarkdown(sly))?.markdown ?? '';
	expect(markdownFaults(plain, [])).toEqual([]);
	expect(plain).not.toContain('javascript');
});
