/**
 * Loaded before a program (`node --import`): when it ends, writes how far its memory grew, as JSON to the file that PEAK_MEMORY names. In bytes:
 * `grown`, the most that heap and buffers together were above their size at the start; `resident`, the most that the process held of the machine.
 */
import { writeFileSync } from 'node:fs';

const held = (): number => {
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
};

const before = held();
let most = before;
const look = () => {
	most = Math.max(most, held());
};
setInterval(look, 10).unref();
process.on('exit', () => {
	look();
	const resident = process.resourceUsage().maxRSS * 1024;
	writeFileSync(process.env.PEAK_MEMORY ?? '', JSON.stringify({ grown: most - before, resident }));
});
