/** The desk's island. Everything that reaches outside the page is put together here. */
import { apiClient, fetchFile } from '../api-client.ts';
import { readArrival } from './arrival.ts';
import { browserPasskeys } from './browser-passkeys.ts';
import { Desk } from './desk.ts';
import './desk-app.ts';
import { keptRoots } from './kept-roots.ts';
import { printFiles } from './rehearsal/print-files.ts';

const app = document.querySelector('desk-app');
if (app) {
	const parts = {
		call: apiClient('same-origin'),
		passkeys: browserPasskeys,
		roots: keptRoots,
		origin: location.origin,
		letterStyle: app.getAttribute('letter-style') ?? '',
		file: fetchFile,
		print: printFiles,
	};
	const desk = new Desk(parts, readArrival(location, history));
	app.desk = desk;
	desk.watch();
	// An invitation pasted where the desk is already open changes the fragment only.
	addEventListener('hashchange', () => {
		desk.arrival = readArrival(location, history) ?? desk.arrival;
		desk.changed();
	});
	void desk.refresh();
}
