import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Kinds of tests by the length of their files, longest first, so that no long file starts last. */
const KINDS = ['faults', 'integration', 'component', 'properties', 'quick'];

/** Runs the longest files first, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => KINDS.indexOf(relative('test', moduleId).split(/[/\\]/)[0] ?? '');
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
