import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Starts the longest test files first, so that no long one is left for the end. */
const KINDS = ['faults', 'integration', 'component', 'properties', 'quick'];

/** Runs the files with the most to do first, so that the workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => KINDS.indexOf(relative('test', moduleId).split(/[/\\]/)[0] ?? '');
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
