/** `npm run bench [-- --quick] [-- NAME…]`: measures, prints a table, writes bench/results/. Loads are bounded, and go to this machine only. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { buildIfStale } from '../../server/command/build.ts';
import { benches } from './benches.ts';
import { isKept, type Row, table } from './figures.ts';
import { FULL, QUICK, Stage } from './stage.ts';

const results = 'bench/results';

const quick = process.argv.includes('--quick');
const asked = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const unknown = asked.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
	console.error(`There is no bench ${unknown.join(', ')}. There are: ${benches.map(({ name }) => name).join(', ')}`);
	process.exit(1);
}

buildIfStale();
const stage = new Stage(quick ? QUICK : FULL, (what) => console.error(`… ${what}`));
const rows: Row[] = [];
try {
	for (const bench of benches) {
		if (asked.length === 0 || asked.includes(bench.name)) rows.push(...(await bench.measure(stage)));
	}
} finally {
	await stage.close();
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;
const at = new Date().toISOString();
mkdirSync(results, { recursive: true });
const file = `${results}/${at.replaceAll(/[:.]/g, '-')}.json`;
writeFileSync(file, `${JSON.stringify({ at, machine, quick, rows }, null, '\t')}\n`);
console.log(
	`${table(rows)}\n\n${machine}, ${at.slice(0, 10)}${quick ? ', --quick: no promise is measured at this size' : ''}; ${file}`,
);
const broken = quick ? [] : rows.filter((one) => !isKept(one));
for (const { name } of broken) console.log(`Not as promised: ${name}`);
process.exitCode = broken.length > 0 ? 1 : 0;
