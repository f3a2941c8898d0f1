/** One figure, or one for each of its labels. Names and labels are written in the code, never taken from a request. */
export interface Gauge {
	name: string;
	help: string;
	values: readonly { labels?: Readonly<Record<string, string>>; value: number }[];
}

const escaped = (text: string) => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');

/** The text format of Prometheus, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). */
export function gaugeText(gauges: readonly Gauge[]): string {
	const lines = gauges.flatMap(({ name, help, values }) => [
		`# HELP ${name} ${help}`,
		`# TYPE ${name} gauge`,
		...values.map(({ labels = {}, value }) => {
			const said = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
			return `${name}${said.length > 0 ? `{${said.join(',')}}` : ''} ${value}`;
		}),
	]);
	return `${lines.join('\n')}\n`;
}
