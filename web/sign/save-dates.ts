/** Hands a calendar file to the browser, under a name that says nothing. @param calendar text of shared/client/calendar.ts */
export function saveDates(calendar: string): void {
	const address = URL.createObjectURL(new Blob([calendar], { type: 'text/calendar' }));
	const link = document.createElement('a');
	link.href = address;
	link.download = 'dates.ics';
	link.click();
	// Some browsers read it only after the press has ended.
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
