import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Problem } from '../../shared/api/problem.ts';
import { fieldPlace, ruleOf } from '../../shared/domain/field-rules.ts';
import type { ProblemCode } from '../../shared/domain/problem-codes.ts';
import { PROBLEM_TABLE } from '../failures/problem-table.ts';
import { FailureSignal, type ServiceFailure } from '../failures/service-failure.ts';
import { systemFailureOf } from '../failures/system-failures.ts';

/** Sends an expected failure as RFC 9457 problem details. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, failure: ServiceFailure): FastifyReply {
  const kind = PROBLEM_TABLE[failure.code];
  const problem: Problem = {
    type: `urn:gabinet:problem:${failure.code}`,
    title: kind.title,
    status: kind.status,
    detail: failure.detail,
    code: failure.code,
    instance: `urn:gabinet:request:${request.id}`,
    hint: failure.hint ?? kind.hint,
    ...(failure.errors && { errors: [...failure.errors] }),
    ...(failure.issues && { issues: [...failure.issues] }),
    ...(failure.current && { current: failure.current }),
    ...(failure.currentFields && { current_fields: failure.currentFields }),
    ...(failure.quota && { quota: failure.quota }),
  };
  if (failure.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="gabinet"');
  if (failure.retryAfterSeconds !== undefined) reply.header('retry-after', String(failure.retryAfterSeconds));
  return reply
    .code(kind.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send(problem);
}

/** Turns every error into a problem document. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>(sendError);
  app.setNotFoundHandler(sendNotFound);
}

/**
 * Responds to a request without a route before its body is read, for which the client may take its
 * time. Call it after all other hooks, which refuse some requests whatever their route is.
 */
export function registerEarlyNotFound(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) await sendNotFound(request, reply);
  });
}

function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, {
    code: 'not_found',
    detail: `There is no route ${request.method} ${request.url.split('?')[0]}.`,
    hint: 'See /api/docs for all routes.',
  });
}

/**
 * Sends a thrown error as a problem document. An unexpected error is logged as a fault of the
 * server.
 */
export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = failureOfError(error);
  if (failure.code === 'internal') request.log.error({ err: error }, 'a request failed');
  // What a client did wrong quotes what it sent.
  else if (PROBLEM_TABLE[failure.code].status < 500) request.log.debug(failure.code);
  else request.log.debug({ err: error }, failure.code);
  return sendProblem(request, reply, failure);
}

function failureOfError(error: FastifyError): ServiceFailure {
  if (error instanceof FailureSignal) return error.failure;
  if (hasZodFastifySchemaValidationErrors(error)) return validationFailure(error);
  return systemFailureOf(error) ?? statusFailure(error);
}

function validationFailure(error: FastifyError): ServiceFailure {
  const part = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'request');
  const errors = (error.validation ?? []).map(({ instancePath, message, keyword, params }) => ({
    where: fieldPlace(part, instancePath.split('/').filter(Boolean)),
    message: message ?? 'is not valid',
    ...ruleOf({ ...params, code: keyword }),
  }));
  return { code: 'invalid_request', detail: `The ${part} is not valid.`, errors };
}

/** Errors of Fastify and its plugins, by their status. */
function statusFailure(error: FastifyError): ServiceFailure {
  const status = error.statusCode ?? 500;
  if (status >= 500) return { code: 'internal', detail: 'Something went wrong on the server. Nothing was changed.' };
  return { code: codeOfStatus(status), detail: `${error.message || (STATUS_CODES[status] ?? 'Refused')}.` };
}

function codeOfStatus(status: number): ProblemCode {
  if (status === 401) return 'unauthenticated';
  if (status === 404) return 'not_found';
  if (status === 406 || status === 415) return 'unsupported_media_type';
  if (status === 413) return 'request_too_large';
  if (status === 429) return 'too_many_requests';
  return 'invalid_request';
}
