import { create } from 'zustand';
import type { Difference } from '../../shared/gab/compare/comparison.ts';
import type { ComparisonPair } from './comparison-sides.ts';

/** One bundle that would go live and would break something that works with the live one. */
export interface BreakingChange {
  /** From what is live to what would be. */
  readonly pair: ComparisonPair;
  /** "Mara v7", or the name of a file that is not uploaded yet. */
  readonly name: string;
  readonly thumbnailUrl: string | null;
  /** Never empty. */
  readonly differences: readonly Difference[];
}

export interface BreakingQuestion {
  readonly projectUuid: string;
  /** "Mara v6" */
  readonly activeName: string;
  /** Never empty; several where one confirmation sends several files. */
  readonly changes: readonly BreakingChange[];
}

/** Asked once, before something goes live that breaks the runtime against what is live. Everything else can simply be switched back. */
export const useBreakingQuestion = create<{ readonly asked: BreakingQuestion | null }>(() => ({ asked: null }));

let settle: ((isConfirmed: boolean) => void) | null = null;

/** Resolves with the answer; a question that another one replaces is answered by no. */
export function confirmBreaking(asked: BreakingQuestion): Promise<boolean> {
  answerBreaking(false);
  useBreakingQuestion.setState({ asked });
  return new Promise((resolve) => {
    settle = resolve;
  });
}

export function answerBreaking(isConfirmed: boolean): void {
  const answer = settle;
  settle = null;
  useBreakingQuestion.setState({ asked: null });
  answer?.(isConfirmed);
}
