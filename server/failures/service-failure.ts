import type { ActiveState, CurrentFields } from '../../shared/api/problem.ts';
import type { AccessAction } from '../../shared/domain/access-policy.ts';
import { scopesAllowing } from '../../shared/domain/access-token.ts';
import type { FieldProblem } from '../../shared/domain/field-rules.ts';
import type { ProblemCode } from '../../shared/domain/problem-codes.ts';
import type { QuotaExceeded } from '../../shared/domain/quota.ts';
import type { GabFinding } from '../../shared/gab/report.ts';
import type { Result } from '../../shared/lib/result.ts';

/** What is wrong in a request: for programmers and, as a rule, for the sentence on a screen. */
export type FieldError = FieldProblem & { readonly message: string };

/** An expected failure with its API problem code. It becomes a problem document at the edge. */
export interface ServiceFailure {
  readonly code: ProblemCode;
  /** What happened in this case. */
  readonly detail: string;
  /** What to do about it; if absent, the hint of the code is used. */
  readonly hint?: string;
  readonly errors?: readonly FieldError[];
  readonly issues?: readonly GabFinding[];
  readonly current?: ActiveState;
  readonly currentFields?: CurrentFields;
  readonly quota?: QuotaExceeded;
  /** Sent as Retry-After. */
  readonly retryAfterSeconds?: number;
  /** Set if the caller lacks a permission; such failures are recorded, and the mark is not sent. */
  readonly isRefusedAccess?: true;
}

/** What a service returns: a value, or an expected failure. It rejects only on bugs and outages. */
export type ServiceResult<Value> = Promise<Result<Value, ServiceFailure>>;

/**
 * Carries a failure out of a stream or a transaction that can only be left by throwing. It is
 * caught again at once.
 */
export class FailureSignal extends Error {
  readonly failure: ServiceFailure;

  constructor(failure: ServiceFailure) {
    super(`${failure.code}: ${failure.detail}`);
    this.name = 'FailureSignal';
    this.failure = failure;
  }
}

export const notFound = (what: string): ServiceFailure => ({
  code: 'not_found',
  detail: `This ${what} does not exist, or you have no access to it.`,
});

/** `action`: null if no access token may do it. */
export function forbiddenToToken(action: AccessAction | null): ServiceFailure {
  const scopes = scopesAllowing(action);
  if (scopes.length === 0) {
    return {
      code: 'forbidden',
      detail: 'Access tokens cannot do this.',
      hint: 'Sign in with the application.',
      isRefusedAccess: true,
    };
  }
  return {
    code: 'forbidden',
    detail: `This access token needs the scope ${scopes.map((scope) => `"${scope}"`).join(' or ')} for this.`,
    hint: 'Make a token with this scope in the application.',
    isRefusedAccess: true,
  };
}

export const forbidden = (what: string): ServiceFailure => ({
  code: 'forbidden',
  detail: `Your role does not allow you to ${what}.`,
  isRefusedAccess: true,
});
