import type { FastifyRequest } from 'fastify';
import { type RouteDefinition, tokenActionOf } from '../../../shared/api/define-route.ts';
import { isWithinLimits } from '../../../shared/domain/access-policy.ts';
import { fail, ok } from '../../../shared/lib/result.ts';
import type { Caller } from '../../access/caller.ts';
import type { ServiceContext } from '../../context.ts';
import {
  forbidden,
  forbiddenToToken,
  type ServiceFailure,
  type ServiceResult,
} from '../../failures/service-failure.ts';
import { recordAudit } from '../../history/record-audit.ts';
import type { Refusal } from '../../http/register-route.ts';
import { findTokenCaller, isAccessToken } from './access-tokens/find-token-caller.ts';
import { SECOND_FACTOR_SETUP_REQUIRED } from './second-factor/required-roles.ts';
import { findCaller } from './sessions.ts';

const BEARER = /^Bearer +([A-Za-z0-9_-]{20,200})$/i;

/**
 * Authenticates a request before a single byte of its body is read. Returns null on public routes.
 * Failures: `unauthenticated`, `second_factor_setup_required`, `forbidden` (a
 * route for administrators, or one that the access token does not allow).
 */
export async function authenticate(
  context: ServiceContext,
  definition: RouteDefinition,
  request: FastifyRequest,
): ServiceResult<Caller | null> {
  const { access, path } = definition;
  if (access === 'public') return ok(null);
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return fail(unauthenticated('The request has no session token.'));
  const found = await (isAccessToken(token) ? findTokenCaller(context, token) : findSessionCaller(context, token));
  if (!found.ok) return found;
  const caller = found.value;
  const refusal = refusalOf(definition, caller);
  if (refusal) {
    request.caller = caller;
    return fail(refusal);
  }
  if (caller.lacksSecondFactor && !path.startsWith(OWN_ACCOUNT)) return fail(SECOND_FACTOR_SETUP_REQUIRED);
  return ok(caller);
}

async function findSessionCaller(context: ServiceContext, token: string): ServiceResult<Caller> {
  const caller = await findCaller(context, token);
  return caller ? ok(caller) : fail(unauthenticated('The session has expired or does not exist. Sign in again.'));
}

/** What is refused whatever the request is about. */
function refusalOf(definition: RouteDefinition, caller: Caller): ServiceFailure | null {
  if (definition.access === 'admin' && !caller.isAdmin) return forbidden('administer');
  if (caller.credential.kind !== 'access-token') return null;
  const needed = tokenActionOf(definition);
  return needed === null || !isWithinLimits(caller, needed) ? forbiddenToToken(needed) : null;
}

/** Records that somebody who is signed in tried something without the permission for it. */
export async function recordRefusal(context: ServiceContext, { caller, route, address }: Refusal): Promise<void> {
  const entry = { action: 'access.refused', actor: caller?.email ?? null, details: { route, address } } as const;
  await context.db.transaction((tx) => recordAudit(tx, [entry]));
}

/** The routes for one's own sign-in, with which a second factor is set up. */
const OWN_ACCOUNT = '/api/auth/';

const unauthenticated = (detail: string): ServiceFailure => ({ code: 'unauthenticated', detail });
