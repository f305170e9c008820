import { expect } from 'vitest';
import { explainFinding } from '../../shared/gab/explain-finding.ts';
import { inspectBytes } from './inspect-bytes.ts';

/** The sentence for a file that is wrong in exactly one way. */
export interface Sentence {
  readonly code: string;
  /** Parameters of the finding that decide about the sentence. */
  readonly params: Record<string, unknown>;
  readonly what: string;
}

export type Mistake = readonly [how: string, bytes: () => Uint8Array, sentence: Sentence];

/** The parameters of a file that is something else than its format says. */
export const typeOf = (actual: string, expected = 'glb') => ({ reason: 'content', expected, actual });

export const LFS_POINTER = Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345678\n');

export function shownBytes(bytes: number): string {
  return `${bytes.toLocaleString('en')} bytes`;
}

export async function expectSentence(bytes: Uint8Array, { code, params, what }: Sentence): Promise<void> {
  const { issues } = await inspectBytes(bytes);
  expect(issues.filter(({ severity }) => severity === 'error').map((issue) => issue.code)).toEqual([code]);
  const issue = issues.find((found) => found.code === code);
  expect(issue?.params).toMatchObject(params);
  expect(issue && explainFinding(issue).what).toBe(what);
}
