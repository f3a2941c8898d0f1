/** People of the demo: names in several scripts, each with the name that their work address has. None of them is anybody. */

/** `[as written, as in a mail address]`; family name first where that is the custom. */
type Names = { given: [string, string][]; family: [string, string][]; familyFirst?: boolean; joint?: string };

const NAMES: Names[] = [
	{
		given: [
			['Amara', 'amara'],
			['Ngozi', 'ngozi'],
			['Chidi', 'chidi'],
			['Ifeoma', 'ifeoma'],
			['Tunde', 'tunde'],
		],
		family: [
			['Okafor', 'okafor'],
			['Eze', 'eze'],
			['Adeyemi', 'adeyemi'],
			['Nwosu', 'nwosu'],
			['Balogun', 'balogun'],
		],
	},
	{
		given: [
			['Hannah', 'hannah'],
			['Daniel', 'daniel'],
			['Ruth', 'ruth'],
			['Siobhán', 'siobhan'],
			['Tomás', 'tomas'],
		],
		family: [
			['Lindqvist', 'lindqvist'],
			['Weissman', 'weissman'],
			['Ó Súilleabháin', 'osuilleabhain'],
			['Abramov', 'abramov'],
			['Boateng', 'boateng'],
		],
	},
	{
		given: [
			['Joana', 'joana'],
			['Sofía', 'sofia'],
			['Jean-Baptiste', 'jeanbaptiste'],
			['Inês', 'ines'],
			['Álvaro', 'alvaro'],
		],
		family: [
			['Ferreira da Silva', 'ferreira'],
			['Hernández', 'hernandez'],
			['Moreau', 'moreau'],
			['Núñez', 'nunez'],
			['Quispe', 'quispe'],
		],
	},
	{
		given: [
			['Mateusz', 'mateusz'],
			['Zofia', 'zofia'],
			['Łucja', 'lucja'],
			['Jiří', 'jiri'],
			['Şule', 'sule'],
		],
		family: [
			['Łukasiewicz', 'lukasiewicz'],
			['Wójcik', 'wojcik'],
			['Dvořák', 'dvorak'],
			['Żeromska', 'zeromska'],
			['Yıldız', 'yildiz'],
		],
	},
	{
		given: [
			['نور', 'nour'],
			['ليلى', 'layla'],
			['يوسف', 'yousef'],
			['مريم', 'maryam'],
		],
		family: [
			['الهدى', 'alhuda'],
			['حداد', 'haddad'],
			['الخطيب', 'alkhatib'],
			['منصور', 'mansour'],
		],
	},
	{
		given: [
			['प्रिया', 'priya'],
			['अर्जुन', 'arjun'],
			['मीरा', 'meera'],
			['रोहन', 'rohan'],
		],
		family: [
			['रघुनाथन', 'raghunathan'],
			['शर्मा', 'sharma'],
			['देशपांडे', 'deshpande'],
			['वर्मा', 'varma'],
		],
	},
	{
		given: [
			['伟', 'wei'],
			['秀英', 'xiuying'],
			['敏', 'min'],
			['子涵', 'zihan'],
		],
		family: [
			['李', 'li'],
			['王', 'wang'],
			['陈', 'chen'],
			['欧阳', 'ouyang'],
		],
		familyFirst: true,
		joint: '',
	},
	{
		given: [
			['美咲', 'misaki'],
			['蓮', 'ren'],
			['さくら', 'sakura'],
			['大輔', 'daisuke'],
		],
		family: [
			['佐藤', 'sato'],
			['鈴木', 'suzuki'],
			['高橋', 'takahashi'],
			['渡辺', 'watanabe'],
		],
		familyFirst: true,
	},
	{
		given: [
			['서연', 'seoyeon'],
			['민준', 'minjun'],
			['지우', 'jiwoo'],
			['하은', 'haeun'],
		],
		family: [
			['김', 'kim'],
			['박', 'park'],
			['최', 'choi'],
			['정', 'jung'],
		],
		familyFirst: true,
		joint: '',
	},
	{
		given: [
			['Олена', 'olena'],
			['Дмитро', 'dmytro'],
			['Мария', 'maria'],
			['Иван', 'ivan'],
		],
		family: [
			['Шевченко', 'shevchenko'],
			['Коваленко', 'kovalenko'],
			['Орлова', 'orlova'],
			['Петров', 'petrov'],
		],
	},
	{
		given: [
			['Ελένη', 'eleni'],
			['Γιώργος', 'giorgos'],
			['Κατερίνα', 'katerina'],
			['Νίκος', 'nikos'],
		],
		family: [
			['Παπαδοπούλου', 'papadopoulou'],
			['Νικολάου', 'nikolaou'],
			['Γεωργίου', 'georgiou'],
			['Δημητρίου', 'dimitriou'],
		],
	},
];

const TITLES = [
	'Software engineer',
	'Principal engineer',
	'Research scientist',
	'Site reliability engineer',
	'Product designer',
	'Engineering manager',
	'Technical writer',
	'Data engineer',
	'Programme manager',
	'Support engineer',
	'Security engineer',
	'',
	'Cloud architect',
	'Attorney',
];

export type Person = { name: string; title: string; local: string };

/** The nth person: another for each n, always the same for one. */
export function person(n: number): Person {
	const names = NAMES[n % NAMES.length] ?? { given: [], family: [] };
	const round = Math.floor(n / NAMES.length);
	const [given, givenLocal] = names.given[round % names.given.length] ?? ['', ''];
	// A step of its own, so that a given name meets every family name before a pair comes again.
	const [family, familyLocal] = names.family[
		(round + Math.floor(round / names.given.length)) % names.family.length
	] ?? ['', ''];
	const again = Math.floor(round / (names.given.length * names.family.length));
	const parts = names.familyFirst ? [family, given] : [given, family];
	return {
		name: parts.join(names.joint ?? ' '),
		title: TITLES[(n * 5) % TITLES.length] ?? '',
		local: `${givenLocal}.${familyLocal}${again === 0 ? '' : again + 1}`,
	};
}
