/**
 * How to check a released letter with openssl, sed and a text editor, with this letter's own values. The commands are run as they stand here, on a release
 * that holds and on altered ones: test/shared/by-hand.node.test.ts.
 */
import { fromB64u, hex } from '../bytes.ts';
import type { LetterFrame } from './letter-frame.ts';
import type { LetterPageView } from './letter-view.ts';
import type { Html } from './shell.ts';
import { sidePage } from './side-page.ts';
import { html, msg, str } from './words.ts';

export function byHandPage(view: LetterPageView, frame: LetterFrame): string {
	return sidePage(view, frame, () => ({
		title: msg('By hand'),
		path: 'by-hand.html',
		body: html`<h1>${msg('Check it by hand')}</h1>
<p>${msg(html`With openssl, sed and a text editor, and with no program of ours. This takes a quarter of an hour, and shows for single signatures what <a href="recount.html">the recount</a> shows for all.`)}</p>
${preparations()}${fingerprintPart(view)}${sealPart(view)}${signaturePart(view)}${approvalPart(view)}${limits()}`,
	}));
}

/** What is typed, as it stands: nothing in it is for the reader to fill in but the number of a signature. Each command is marked off, since long ones wrap. */
const commands = (...lines: string[]): Html =>
	html`<pre class="commands" role="group" tabindex="0" aria-label="${msg('Commands')}">${lines.map((line, at) => html`${at === 0 ? '' : '\n'}<code>${line}</code>`)}</pre>\n`;

/** The first bytes of an Ed25519 public key in DER (RFC 8410), before its 32 bytes. */
const ED25519 = String.raw`\060\052\060\005\006\003\053\145\160\003\041\000`;
/** The first bytes of an RSA public key of 3072 bits in DER (RFC 8017), before its modulus; after it the exponent 65537. */
const RSA = String.raw`\060\202\001\242\060\015\006\011\052\206\110\206\367\015\001\001\001\005\000\003\202\001\217\000\060\202\001\212\002\202\001\201\000`;
const EXPONENT = String.raw`\002\003\001\000\001`;

const preparations = (): Html => html`<h2>${msg('Before you begin')}</h2>
<p>${msg(html`Put <a href="release.json" download>release.json</a> and <a href="release.json.jws" download>release.json.jws</a> into an empty folder, open a terminal there and type <code>bash</code>. On Debian and its relatives openssl is there. On a Mac, the openssl that comes with it is another one: install OpenSSL 3 first (for instance <code>brew install openssl@3</code>, then <code>export PATH="$(brew --prefix openssl@3)/bin:$PATH"</code>). <code>openssl version</code> should say 3.`)}</p>
<p>${msg('Open release.json in a text editor: it is plain text, one document a line. What was signed is never a line as such. It is a label, then parts, each preceded by its length in four bytes, so that no two lists of parts can be mistaken for each other. These commands write that. Paste them once:')}</p>
${commands(
	String.raw`u32() { printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $(($1>>24&255)) $(($1>>16&255)) $(($1>>8&255)) $(($1&255)))"; }`,
	'part() { u32 "$(wc -c < "$1")"; cat "$1"; }',
	`word() { printf '%s' "$1" > word.part; part word.part; }`,
	`unb64() { b=$(printf '%s' "$1" | tr -- '-_' '+/'); while [ $((\${#b} % 4)) -ne 0 ]; do b="$b="; done; printf '%s' "$b" | openssl base64 -d -A; }`,
	String.raw`line() { sed -n "$1{s/,\$//;p;}" release.json | tr -d '\n'; }`,
	String.raw`objects() { awk '{ gsub(/[{]"/, "\n&"); print }' "$1"; }`,
	String.raw`field() { sed 's/.*[{,]"'"$1"'":"\([^"]*\)".*/\1/' "$2"; }`,
	`identifier() { field "$1" "$2" | tr -dc 'A-Za-z0-9_-'; }`,
	`signed_by() { { printf '${ED25519}'; unb64 "$1"; } > key.der; unb64 "$2" > made.sig; openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in "$3" -sigfile made.sig; }`,
)}
<dl><dt>u32, part, word</dt><dd>${msg('write a length in four bytes; a file with its length before it; a word likewise')}</dd>
<dt>unb64</dt><dd>${msg('turns the letters and digits in which bytes are written in the file (base64url) back into bytes')}</dd>
<dt>line, field, objects</dt><dd>${msg('take a line of the file, without the comma at its end; take the value of a field; put each object of a document on a line of its own')}</dd>
<dt>identifier</dt><dd>${msg('takes the value of a field, but of it only what an identifier is made of: it goes into a command later, and a forged file could hold another command there')}</dd>
<dt>signed_by</dt><dd>${msg('asks openssl whether a key (Ed25519) made a signature over a file. The bytes before the key only say which kind of key it is')}</dd></dl>
`;

const fingerprintPart = ({ root }: LetterPageView): Html => html`<h2>${msg('The fingerprint')}</h2>
<p>${msg('Line 3 is the charter: who organizes, with which keys, which groups, which text. Its fingerprint is the SHA-256 of a label and that line.')}</p>
${commands('line 3 > charter', "{ word 'undersigned/charter/1'; part charter; } | openssl dgst -sha256 -r")}
<p>${msg('For this letter it prints')}</p>
<p class="fingerprint">${hex(fromB64u(root, 32))}</p>
<p>${msg('Compare it with the end of the invite link of a signer, or ask an organizer. If it is another, you hold another letter. If it is the same, everything in line 3 is what signers saw, and so are the keys that you use from here on.')}</p>
`;

const sealPart = ({ file }: LetterPageView): Html => html`<h2>${msg('The host’s seal')}</h2>
<p>${msg(html`The host signs the SHA-256 of the whole file. Its key stands in the charter, after <code>"host"</code>. What it signs is the header of the .jws file, a dot, and the SHA-256 in hexadecimal. For this letter it is <code>${file.host}</code>.`)}</p>
${commands(
	String.raw`host=$(sed 's/.*"host":{"kty":"OKP","crv":"Ed25519","x":"\([^"]*\)"}}$/\1/' charter)`,
	'echo "$host"',
	`printf '%s.%s' "$(cut -d. -f1 release.json.jws)" "$(openssl dgst -sha256 -r release.json | cut -c1-64)" > sealed`,
	String.raw`signed_by "$host" "$(cut -d. -f3 release.json.jws | tr -d '\n')" sealed`,
)}
<p>${msg('The last command prints “Signature Verified Successfully”. After a signature was withdrawn there is a new file with a new seal; an older pair still verifies.')}</p>
`;

const signaturePart = ({ file, named, totals }: LetterPageView): Html => {
	const example = named[0]?.number ?? 1;
	const last = totals.signatures + totals.withdrawn + totals.struckAfter;
	return html`<h2>${msg('One signature')}</h2>
<p>${msg(html`Number 1 stands on line ${file.signatures}, number 2 on the next, up to ${last}. Take any number; here it is ${example}. If its line begins with <code>{"stub":</code>, it was taken off after the approval: choose another.`)}</p>
${commands(
	`n=${example}`,
	`line $((${file.signatures - 1} + n)) > entry`,
	String.raw`sed 's/^{"entry":{"statement":\(.*\),"authenticator":".*/\1/' entry | tr -d '\n' > statement`,
	'cat statement',
)}
<p>${msg(html`That is what the signer signed: <code>root</code> and <code>text</code> say which letter and which text, <code>key</code> is the signer’s own. Was it signed with that key?`)}</p>
${commands(
	`{ word 'undersigned/statement/1'; part statement; } > signed`,
	String.raw`signed_by "$(field key statement)" "$(sed 's/.*},"authenticator":"\([^"]*\)","credential".*/\1/' entry)" signed`,
)}
<p>${msg('Does the key hold a credential, the proof that somebody in this group got exactly once? It is an RSA signature (PSS) by the group’s key, which stands in the charter, over a random number, the letter, the group and the key. The commands cut the credential into that number and the signature, write down what was signed, and take the group’s key from the charter (its modulus; the bytes before and after it only say that it is an RSA key of 3,072 bits with the exponent 65,537):')}</p>
${commands(
	String.raw`unb64 "$(sed 's/.*","credential":"\([^"]*\)","attestation".*/\1/' entry)" > credential`,
	'unb64 "$(field root statement)" > root',
	'unb64 "$(field key statement)" > key',
	'group=$(identifier group statement)',
	`{ head -c 32 credential; word 'undersigned/credential/1'; part root; word "$group"; part key; } > message`,
	'tail -c 384 credential > credential.sig',
	String.raw`modulus=$(objects charter | sed -n "/^{\"id\":\"$group\",\"name\"/,/^{\"kty\":\"RSA\"/s/^{\"kty\":\"RSA\",\"n\":\"\([^\"]*\)\".*/\1/p")`,
	`{ printf '${RSA}'; unb64 "$modulus"; printf '${EXPONENT}'; } > issuer.der`,
	'openssl rsa -pubin -inform DER -in issuer.der -out issuer.pem',
	'openssl dgst -sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:48 -verify issuer.pem -signature credential.sig message',
)}
<p>${msg('The last command prints “Verified OK”.')} ${
		named.length === 0
			? ''
			: html`${msg('For a signature by name: is the name the one that was signed? The statement holds only a hash of it, made with a random number (the salt) that stands beside the name. The two lines that this prints are the same:')}</p>
${commands(
	String.raw`sed 's/.*,"display":\({"name":.*}\),"displaySalt":.*/\1/' entry | tr -d '\n' > display`,
	'unb64 "$(field displaySalt entry)" > salt',
	`{ word 'undersigned/display/1'; part salt; part display; } | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '='; echo`,
	'field display statement; echo',
)}<p>${msg('An anonymous signature has no name to check, and its number prints other lines here.')}`
	}</p>
`;
};

const approvalPart = ({ file }: LetterPageView): Html => html`<h2>${msg('One approval')}</h2>
<p>${msg(str`Line ${file.approvals} holds the organizers’ approvals of the charter; each names its organizer, whose key stands in the charter. This checks the first of them, over a label, the kind of approval, the letter and the fingerprint of what is approved, which for the first charter is the letter’s own:`)}</p>
${commands(
	`line ${file.approvals} > approvals`,
	'objects approvals | sed -n 2p > approval',
	'organizer=$(identifier organizer approval)',
	`key=$(objects charter | sed -n "s/^{\\"id\\":\\"$organizer\\",\\"name\\":.*,\\"key\\":\\"\\([^\\"]*\\)\\",\\"sealing\\".*/\\1/p")`,
	`{ word 'undersigned/charter/1'; part charter; } | openssl dgst -sha256 -binary > fingerprint`,
	`{ word 'undersigned/approval/1'; word charter; part fingerprint; part fingerprint; } > approved`,
	'signed_by "$key" "$(field authenticator approval)" approved',
)}
<p>${msg(html`For the second approval, write <code>3p</code> in place of <code>2p</code>, and so on.`)}</p>
`;

const limits = (): Html => html`<h2>${msg('What this does not cover')}</h2>
<ul><li>${msg(html`Every other signature. By hand you check a few, chosen by you and not by whoever gave you the file; <a href="recount.html">the recount</a> checks all.`)}</li>
<li>${msg('That no key counts twice, that the numbers add up, that the conditions of signers are met: these need the whole file.')}</li>
<li>${msg('That the organizers approved exactly this list. Their approvals at the end of the file are over the hash of every signature together. It can be computed by hand from the description of the file, but not in a quarter of an hour.')}</li>
<li>${msg('The attestation of the mailbox behind a name, labels, changes of the charter, posts under the letter.')}</li>
<li>${msg('What no file can show, whoever checks it: that each mailbox got one credential and is another person, that nobody was left out, and that no other list was approved.')}</li></ul>
<p>${msg('Everything is written down to the byte in the description of the protocol, docs/protocol.md in the source of this software.')}</p>
`;
