import type { FastifyRequest } from 'fastify';
import type { RouteAccess } from '../../../shared/api/define-route.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import { decideAccess } from '../../access/access-policy.ts';
import type { Caller } from '../../access/caller.ts';
import type { ServiceContext } from '../../context.ts';
import { forbidden, type ServiceFailure, type ServiceResult } from '../../failures/service-failure.ts';
import { findCaller } from './sessions.ts';

const BEARER = /^Bearer +([A-Za-z0-9_-]{20,200})$/i;

/**
 * Authenticates a request before a single byte of its body is read. Returns null on public routes.
 * Failures: `unauthenticated`, `forbidden` (a route for administrators).
 */
export async function authenticate(
  context: ServiceContext,
  access: RouteAccess,
  request: FastifyRequest,
): ServiceResult<Caller | null> {
  if (access === 'public') return ok(null);
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return fail(unauthenticated('The request has no session token.'));
  const caller = await findCaller(context, token);
  if (caller === null) return fail(unauthenticated('The session has expired or does not exist. Sign in again.'));
  if (access === 'admin' && decideAccess(caller, 'administer', null) !== 'allow') return fail(forbidden('administer'));
  return ok(caller);
}

const unauthenticated = (detail: string): ServiceFailure => ({ code: 'unauthenticated', detail });
