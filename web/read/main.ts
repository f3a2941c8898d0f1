/** The released letter with JavaScript: a field that finds names. Without it the page is complete, and a browser's own search finds them. */

const list = document.querySelector('.names');
const names = [...(list?.querySelectorAll('li') ?? [])];

/** Marks and accents do not keep a name from being found. */
const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();

function find(words: string): void {
	const wanted = plain(words.trim());
	for (const name of names) name.hidden = !plain(name.textContent ?? '').includes(wanted);
}

if (list !== null && names.length > 0) {
	const label = document.createElement('label');
	label.className = 'find';
	label.textContent = 'Find a name ';
	const field = document.createElement('input');
	field.type = 'search';
	field.addEventListener('input', () => find(field.value));
	label.append(field);
	list.before(label);
}
