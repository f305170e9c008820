import type { ProxyProblem } from '../../../shared/contract/failure.ts';

/** A request did not get past a proxy: the server has seen nothing of it. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  /** Its host and port, without a user name. */
  readonly proxy: string;
  readonly problem: ProxyProblem;
  /** What it answered instead of opening the way; null if it did not. */
  readonly status: number | null;

  constructor(
    proxy: string,
    problem: ProxyProblem,
    { status = null, cause }: { readonly status?: number | null; readonly cause?: unknown } = {},
  ) {
    super(`The proxy ${proxy} did not open a way to the server: ${problem}`, { cause });
    this.proxy = proxy;
    this.problem = problem;
    this.status = status;
  }
}
