/** The `text/html` that word processors put on the clipboard, shortened. Structure, classes and styles are theirs. */

export const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- @font-face {font-family:Wingdings;} p.MsoNormal {margin:0cm;} --></style>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1>What we ask<o:p></o:p></h1>
<p class=MsoNormal>We build what this company <b style='mso-bidi-font-weight:normal'>sells</b><b style='mso-bidi-font-weight:normal'> abroad</b>.<a style='mso-footnote-id:ftn1' href="https://letters.example/desk#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference>[1]</span></a> Read <a href="https://northwind.example/contract">the <i>contract</i></a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-bidi-font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>End it<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>at once<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Publish it<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Second<o:p></o:p></p>
<p class=MsoNormal><img width=200 src="file:///C:/Users/R/AppData/clip_image001.png">Yours, <script>alert(1)</script></p>
<!--EndFragment--></body></html>`;

export const googleDocs = `<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1f9">
<h2 dir="ltr" style="line-height:1.38;"><span style="font-size:16pt;font-weight:400;">What we ask</span></h2>
<p dir="ltr" style="line-height:1.38;"><span style="font-weight:400;font-style:normal;">We build what it </span><span style="font-weight:700;font-style:normal;">sells</span><span style="font-weight:400;font-style:italic;"> abroad</span><span>. </span><a href="https://www.google.com/url?q=https://northwind.example/contract&amp;sa=D" style="text-decoration:none;"><span style="text-decoration:underline;">The contract</span></a></p>
<ul style="margin-top:0;"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400;">End it</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>at once</span></p></li></ul>
<li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Publish it</span></p></li></ul></b><br class="Apple-interchange-newline">`;

export const libreOffice = `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head><meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>
<style type="text/css">p { line-height: 115% }</style></head><body lang="en-GB" link="#000080" dir="ltr">
<h3 class="western">What we ask</h3>
<p style="line-height: 100%; margin-bottom: 0cm">We build what it <b>sells</b> <i>abroad</i>. <a href="mailto:r@letter.example">Write to us</a></p>
<ol><li><p style="margin-bottom: 0cm">End it</p></li><li><p style="margin-bottom: 0cm">Publish it</p></li></ol>
<p><a href="file:///home/r/notes.odt">our notes</a></p></body></html>`;

export const codeEditor = `<meta charset='utf-8'><div style="font-family: Menlo; white-space: pre;"><div><span style="color: #000;"># A heading</span></div><div><span>**bold**</span></div></div>`;
