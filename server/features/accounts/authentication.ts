import type { FastifyRequest } from 'fastify';
import type { RouteDefinition } from '../../../shared/api/define-route.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import type { ServiceContext } from '../../context.ts';
import { forbidden, type ServiceFailure, type ServiceResult } from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';
import type { Refusal } from '../../http/register-route.ts';
import { findCaller } from './sessions.ts';

const BEARER = /^Bearer +([A-Za-z0-9_-]{20,200})$/i;

/**
 * Authenticates a request before a single byte of its body is read. Returns null on public routes.
 * Failures: `unauthenticated`, `second_factor_setup_required`, `forbidden` (a
 * route for administrators).
 */
export async function authenticate(
  context: ServiceContext,
  { access, path }: RouteDefinition,
  request: FastifyRequest,
): ServiceResult<Caller | null> {
  if (access === 'public') return ok(null);
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return fail(unauthenticated('The request has no session token.'));
  const caller = await findCaller(context, token);
  if (caller === null) return fail(unauthenticated('The session has expired or does not exist. Sign in again.'));
  if (access === 'admin' && !caller.isAdmin) {
    request.caller = caller;
    return fail(forbidden('administer'));
  }
  if (caller.lacksSecondFactor && !path.startsWith(OWN_ACCOUNT)) return fail(SECOND_FACTOR_SETUP_REQUIRED);
  return ok(caller);
}

/** Records that somebody who is signed in tried something without the permission for it. */
export async function recordRefusal(context: ServiceContext, { caller, route, address }: Refusal): Promise<void> {
  const entry = { action: 'access.refused', actor: caller?.email ?? null, details: { route, address } } as const;
  await context.db.transaction((tx) => recordAudit(tx, [entry]));
}

/** The routes for one's own sign-in, with which a second factor is set up. */
const OWN_ACCOUNT = '/api/auth/';

const SECOND_FACTOR_SETUP_REQUIRED: ServiceFailure = {
  code: 'second_factor_setup_required',
  detail: 'Your role requires a second factor, and you have none.',
};

const unauthenticated = (detail: string): ServiceFailure => ({ code: 'unauthenticated', detail });
