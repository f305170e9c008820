import type { FastifyRequest } from 'fastify';
import type { RouteAccess } from '../../shared/api/define-route.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { decideAccess } from '../services/access-policy.ts';
import type { Caller } from '../services/caller.ts';
import type { ServiceContext } from '../services/context.ts';
import { type ApiFailure, forbidden } from '../services/service-failure.ts';
import { findCaller } from '../services/sessions.ts';

const BEARER = /^Bearer +([A-Za-z0-9_-]{20,200})$/i;

/**
 * Who is asking, before a single byte of the body is read. Null on public routes. Failures: `unauthenticated`,
 * `forbidden` (an admin route).
 */
export async function authenticate(
  context: ServiceContext,
  access: RouteAccess,
  request: FastifyRequest,
): Promise<Result<Caller | null, ApiFailure>> {
  if (access === 'public') return ok(null);
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return fail(unauthenticated('This request carries no session token.'));
  const caller = await findCaller(context, token);
  if (caller === null) return fail(unauthenticated('The session has ended, or never was. Sign in again.'));
  if (access === 'admin' && decideAccess(caller, 'administer', null) !== 'allow') return fail(forbidden('administer'));
  return ok(caller);
}

const unauthenticated = (detail: string): ApiFailure => ({ code: 'unauthenticated', detail });
