import type { ActiveState, CurrentFields, ProblemCode } from '../../shared/api/problem.ts';
import type { GabIssue } from '../../shared/gab/report.ts';

/** An expected refusal, in the words of the API. It becomes a problem document at the edge. */
export interface ApiFailure {
  readonly code: ProblemCode;
  /** What happened, with the particulars of this case. */
  readonly detail: string;
  /** How to fix it; where absent the code's own hint is used. */
  readonly hint?: string;
  readonly errors?: readonly { readonly where: string; readonly message: string }[];
  readonly issues?: readonly GabIssue[];
  readonly current?: ActiveState;
  readonly currentFields?: CurrentFields;
}

/** Carries a failure through a stream or a transaction that can only be left by throwing; caught again at once. */
export class FailureSignal extends Error {
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure) {
    super(`${failure.code}: ${failure.detail}`);
    this.name = 'FailureSignal';
    this.failure = failure;
  }
}

export const notFound = (what: string): ApiFailure => ({
  code: 'not_found',
  detail: `There is no such ${what}, or it is not yours.`,
});

export const forbidden = (what: string): ApiFailure => ({
  code: 'forbidden',
  detail: `Your role does not allow you to ${what}.`,
});
