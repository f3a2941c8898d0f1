/** The fonts that every reader of PDF has: only their metrics. pdfkit brings them without types. */
declare module 'pdfkit/standard-fonts/*' {
	const font: { name: string };
	// biome-ignore lint/style/noDefaultExport: so does pdfkit.
	export default font;
}
