/** The text of a letter of any size: as long as such letters are, with all that Markdown may have in them, and two translations. */
import { writeTextDocument } from '../../../shared/charter.ts';

const english = `We are employees of Northwind. We build the systems on which our company sells its reputation, and we are proud of most of them. We write to you because of
one contract that we cannot be proud of.[1]

## What we know

For **two years** the company has supplied software that decides whose household is searched and whose is not.[2] Nobody outside can appeal to it. *Nobody inside can explain it.*
We asked in the forums that exist for such questions:

- at the all-hands of March, where the question was read out and not answered;
- through the ethics line, whose case was closed "as resolved" within a day;
- in a meeting with two vice presidents, who said that the decision had been made elsewhere.

> Technology is not neutral once it is pointed at somebody.

The company's own principles say that we do not build what we would not want used on ourselves.[3] We hold it to that sentence.

## What we ask

1. End the contract at its next renewal, and say so in public.
2. Publish the assessment that was made before it was signed.
3. Let an employee whom employees elect sit on the board that approves such contracts.

None of this is new, and none of it is radical. Other companies in our industry have done each of these things, and are in business.[4] We would rather have found out from you than
from the newspapers; we would rather tell you here than tell them.

We sign with our names where we can. Where we cannot, we sign all the same, and our number is counted. Read it as what it is: people whose work you rely on, who ask you to be able to rely on you.`;

const german = `Wir arbeiten bei Northwind. Wir bauen die Systeme, für die unser Unternehmen bekannt ist, und auf die meisten sind wir stolz. Wir schreiben Ihnen wegen
eines Vertrags, auf den wir es nicht sein können.[1]

## Was wir verlangen

1. Beenden Sie den Vertrag zum nächsten Termin, und sagen Sie es öffentlich.
2. Veröffentlichen Sie die Prüfung, die ihm vorausging.
3. Lassen Sie eine gewählte Vertretung der Belegschaft mitentscheiden.`;

const arabic = `نحن موظفون في نورثويند. نبني الأنظمة التي تقوم عليها سمعة شركتنا، ونفخر بمعظمها. نكتب إليكم بسبب عقد لا نستطيع أن نفخر به.[1]

## ما نطلبه

1. أنهوا العقد عند موعد تجديده، وأعلنوا ذلك.
2. انشروا التقييم الذي سبق توقيعه.`;

const references = [
	'Public procurement record, 14 February 2026: https://procurement.example/record/2026-0214',
	'Report of the auditor general, chapter 7',
	'Northwind, “Our principles”, as of 1 January 2026',
	'A. Ferreira, “What they stopped building”, The Harbour Review 12 (2025), 31–58',
];

export const sizedText: string = writeTextDocument({
	title: 'We will not build what decides whose door is opened',
	addressees: 'The board of directors of Northwind',
	language: 'en',
	text: english,
	references,
	translations: [
		{
			...{ language: 'de', title: 'Wir bauen nicht, was entscheidet, wessen Tür geöffnet wird' },
			...{ addressees: 'An den Verwaltungsrat von Northwind', text: german, references },
		},
		{
			...{ language: 'ar', title: 'لن نبني ما يقرر أي باب يُفتح' },
			...{ addressees: 'إلى مجلس إدارة نورثويند', text: arabic, references },
		},
	],
});
