import { callbackify } from 'node:util';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MINUTE_MS } from '../../../shared/lib/durations.ts';
import type { ServiceContext } from '../../context.ts';
import type { ServiceFailure } from '../../failures/service-failure.ts';
import { countAttempt } from './rate-limits.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { normalizeEmail } from './users.ts';

/**
 * Counts one attempt. Returns the failure and the waiting time if it is one too many, otherwise
 * null.
 */
export type SignInGate = (request: FastifyRequest, email: string) => Promise<Refusal | null>;

interface Refusal {
  readonly failure: ServiceFailure;
  readonly retryAfterSeconds: number;
}

type LimitCallback = (error: Error | null, result: { current: number; ttl: number }) => void;

/** The counters are in the database, so that several server processes share them. */
function databaseStore(context: ServiceContext) {
  return class DatabaseStore {
    incr(key: string, done: LimitCallback, windowMs: number): void {
      callbackify(() => countAttempt(context, key, windowMs))(done);
    }

    child(): DatabaseStore {
      return this;
    }
  };
}

export async function registerSignInGate(
  app: FastifyInstance,
  context: ServiceContext,
  limits: SignInLimits,
): Promise<SignInGate> {
  await app.register(rateLimit, { global: false, store: databaseStore(context) });
  const emails = new WeakMap<FastifyRequest, string>();
  const perAccount = app.createRateLimit({
    max: limits.perAccount,
    timeWindow: MINUTE_MS,
    keyGenerator: (request) => `sign-in ${request.ip} ${emails.get(request) ?? ''}`,
  });
  const perAddress = app.createRateLimit({
    max: limits.perAddress,
    timeWindow: MINUTE_MS,
    keyGenerator: (request) => `sign-in ${request.ip}`,
  });
  return async (request, email) => {
    emails.set(request, normalizeEmail(email));
    const verdicts = [await perAddress(request), await perAccount(request)];
    const exceeded = verdicts.find((verdict) => !verdict.isAllowed && verdict.isExceeded);
    return exceeded && !exceeded.isAllowed ? refusal(exceeded.ttlInSeconds) : null;
  };
}

function refusal(retryAfterSeconds: number): Refusal {
  const detail = `Too many sign-in attempts. Try again in ${retryAfterSeconds} s.`;
  return { failure: { code: 'too_many_requests', detail }, retryAfterSeconds };
}
