import { create } from 'zustand';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { DrawingFailure } from '../../../shared/contract/preview-frame.ts';
import type { Difference } from '../../../shared/gab/compare/comparison.ts';
import type { ComparisonPair } from '../comparison/comparison-sides.ts';

/** A bundle whose activation would break something that works with the active version. */
export interface BreakingChange {
  /** From the active version to this bundle. */
  readonly pair: ComparisonPair;
  /** "Mara v7", or the name of a file that is not uploaded yet. */
  readonly name: string;
  readonly thumbnailUrl: string | null;
  /** Never empty. */
  readonly differences: readonly Difference[];
}

/** A bundle that is about to be activated and that the preview could not draw. */
export interface UndrawnBundle {
  /** "Mara v7", or the name of a file that is not uploaded yet. */
  readonly name: string;
  readonly thumbnailUrl: string | null;
  /** Its reason is in the bundle. */
  readonly failure: DrawingFailure;
}

/** A version that is about to replace the active one, without a comparison of the two. */
export interface UncomparedVersion {
  /** From the active version to this one. */
  readonly pair: ComparisonPair;
  /** "Mara v7". */
  readonly name: string;
  readonly thumbnailUrl: string | null;
  /** Why there is no comparison; null if it takes long. */
  readonly failure: Failure | null;
}

/** At least one of `changes`, `undrawn` and `uncompared` says something. */
export interface BreakingQuestion {
  readonly projectUuid: string;
  /** "Mara v6"; null if nothing is active. */
  readonly activeName: string | null;
  readonly changes: readonly BreakingChange[];
  readonly undrawn: readonly UndrawnBundle[];
  /** Files are never in it: they are compared after the upload, and activated after that. */
  readonly uncompared: UncomparedVersion | null;
  /** Files that are not uploaded yet: they can be uploaded without being activated. */
  readonly areFiles: boolean;
}

/** `replaced`: nobody has answered; another question was asked, or nobody is signed in. */
export type BreakingAnswer = 'make-live' | 'only-upload' | 'cancel' | 'replaced';

/**
 * The only question before an activation: everything that is known to break nothing can simply be
 * switched back.
 */
export const useBreakingQuestion = create<{ readonly asked: BreakingQuestion | null }>(() => ({ asked: null }));

let settle: ((answer: BreakingAnswer) => void) | null = null;

/** Resolves to the user's answer. If another question replaces this one, it resolves to `replaced`. */
export function askAboutBreaking(asked: BreakingQuestion): Promise<BreakingAnswer> {
  answerBreaking('replaced');
  useBreakingQuestion.setState({ asked });
  return new Promise((resolve) => {
    settle = resolve;
  });
}

/** For versions that are uploaded already. */
export async function confirmBreaking(asked: BreakingQuestion): Promise<boolean> {
  return (await askAboutBreaking(asked)) === 'make-live';
}

export function answerBreaking(answer: BreakingAnswer): void {
  const waiting = settle;
  settle = null;
  useBreakingQuestion.setState({ asked: null });
  waiting?.(answer);
}
