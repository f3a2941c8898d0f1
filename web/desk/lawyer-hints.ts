/** What a lawyer would ask before such a letter is signed, and where its text seems to answer. Looks for English words only; the questions stand for every language. */

/** `found`: pieces of the text, shortened, that the question may be about. */
export type Hint = { question: string; why: string; found: string[] };

const LONGEST = 60;
const MOST = 3;

const QUESTIONS: { question: string; why: string; signs: RegExp }[] = [
	{
		question: 'Is this a statement, or a refusal to work?',
		why: 'Saying what you think is protected in many places. Refusing work, or announcing it, can be a breach of contract or a strike, with rules of its own.',
		signs:
			/\b(refus(e|es|al|ing)|stop(ped)? work(ing)?|walk(ing)? out|strik(e|es|ing)|will not (work|build|do|take part)|lay down)\b/gi,
	},
	{
		question: 'Does it quote confidential facts?',
		why: 'Figures, project names, customers and contracts that are not public can be a reason to dismiss whoever signs. Cite a public source for them, or leave them out.',
		signs:
			/\b(confidential|internal(ly)?|leak(ed|s)?|memo|under NDA|non-disclosure|trade secret|code ?name(d)?|unreleased|roadmap)\b/gi,
	},
	{
		question: 'Does it say something about a person?',
		why: 'A statement of fact about somebody has to be true, and you may have to prove it. An opinion that is marked as one is safer.',
		signs:
			/\b(Mr|Mrs|Ms|Dr|Prof)\.? \p{Lu}\p{L}+|\b(lied|lies|lying|liar|corrupt|criminal|fraud|steal(s|ing)?|stole|illegal(ly)?)\b/gu,
	},
	{
		question: 'Who is quoted, and may they be?',
		why: 'Somebody’s words from a meeting or a mail can be confidential, and can point to who wrote them down.',
		signs: /[“"«„][^”"»“]{12,}[”"»“]|^> .+$/gmu,
	},
	{
		question: 'Is a part of it somebody else’s work?',
		why: 'Longer passages, slides and pictures of others are theirs. A short quotation with its source is allowed in many places.',
		signs: /\b(slides?|screenshot|copied from|taken from|according to (the|an) (article|report|book))\b/gi,
	},
];

export function lawyerHints(text: string): Hint[] {
	return QUESTIONS.map(({ question, why, signs }) => {
		const found = [...text.matchAll(signs)].map(([piece]) => shortened(piece));
		return { question, why, found: [...new Set(found)].slice(0, MOST) };
	});
}

function shortened(piece: string): string {
	const line = piece.replaceAll(/\s+/g, ' ').trim();
	const letters = [...line];
	return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('').trim()}…` : line;
}
