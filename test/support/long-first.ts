import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The project whose stories take minutes each: begun last, they would be waited for alone. */
const LONG = 'scale';

/** Vitest's own order of files, but for those that take longest: they come first. */
export class LongFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const sorted = await super.sort(files);
		const isLong = ({ project }: TestSpecification) => project.name === LONG;
		return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
	}
}
