import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import type { RouteDefinition } from '../../shared/api/define-route.ts';
import type { Caller } from '../access/caller.ts';
import type { ServiceFailure, ServiceResult } from '../failures/service-failure.ts';
import type { FairQueue } from '../queues/fair-queue.ts';
import { matchesEtag } from './byte-range.ts';
import { BYTE_STREAM } from './form-uploads.ts';
import type { BinaryResponse, InputFor, RouteHandler } from './handler.ts';
import { sendProblem } from './problems.ts';
import { callerInTurn, queued } from './queued.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The contract's definition of this route, from which OpenAPI is generated. */
    definition?: RouteDefinition;
    /** Set on routes without a definition that a server without an administrator answers. */
    worksBeforeSetup?: true;
    /** Set on routes that tell a page of another site nothing. */
    worksForAnyHost?: true;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** What the accounts contribute to every route. */
export interface RouteGuard {
  /** Where requests wait until their callers are looked up. */
  readonly queue: FairQueue;
  /** Identifies the caller before the body is read; null on public routes. */
  authenticate(definition: RouteDefinition, request: FastifyRequest): ServiceResult<Caller | null>;
  /** Called when a permission was missing. */
  recordRefusal(refusal: Refusal): Promise<void>;
}

export interface Refusal {
  readonly caller: Caller | null;
  /** Method and path as in the contract, without the values of parameters. */
  readonly route: string;
  readonly address: string;
}

interface RouteToRegister {
  readonly definition: RouteDefinition;
  readonly handler: RouteHandler<RouteDefinition>;
  /** Where its requests wait for their turn; null if they never wait. */
  readonly queue: FairQueue | null;
}

/**
 * Registers a route. Its path, access, validation, response and documentation all follow from its
 * definition; there is no other way to add a route of the API.
 */
export function registerRoute(
  app: FastifyInstance,
  guard: RouteGuard,
  { definition, handler, queue }: RouteToRegister,
): void {
  const refuse = async (request: FastifyRequest, reply: FastifyReply, failure: ServiceFailure) => {
    if (failure.isRefusedAccess) {
      const route = `${definition.method} ${definition.path}`;
      await guard.recordRefusal({ caller: request.caller, route, address: request.ip });
    }
    return sendProblem(request, reply, failure);
  };
  app.route({
    method: definition.method,
    url: definition.path,
    schema: schemaOf(definition),
    config: { definition },
    onRequest: async (request, reply) => {
      const authenticate = () => guard.authenticate(definition, request);
      const caller = await callerInTurn(guard.queue, { request, reply }, authenticate);
      if (caller.ok) request.caller = caller.value;
      else await refuse(request, reply, caller.failure);
    },
    handler: async (request, reply) => {
      if (definition.multipart && !request.isMultipart()) {
        const detail = 'This route takes multipart/form-data.';
        return sendProblem(request, reply, { code: 'unsupported_media_type', detail });
      }
      if (definition.isByteStream && !request.headers['content-type']?.startsWith(BYTE_STREAM)) {
        return sendProblem(request, reply, {
          code: 'unsupported_media_type',
          detail: `This route takes ${BYTE_STREAM}.`,
        });
      }
      const run = () => handler(inputOf(request, reply));
      const result = await (queue ? queued(queue, { definition, request, reply }, run) : run());
      if (!result.ok) return refuse(request, reply, result.failure);
      if (clientHasResponse(request, reply)) return reply.code(304).send();
      return definition.response === 'binary'
        ? sendBytes(reply, result.value as unknown as BinaryResponse)
        : reply.code(definition.successStatus).send(result.value ?? undefined);
    },
  });
}

/** Whether the client already has the response that the handler is about to send. */
function clientHasResponse(request: FastifyRequest, reply: FastifyReply): boolean {
  const etag = reply.getHeader('etag');
  return typeof etag === 'string' && matchesEtag(request.headers['if-none-match'], etag);
}

function schemaOf({
  params,
  query,
  headers,
  body,
  response,
  successStatus,
  summary,
  tag,
}: RouteDefinition): FastifySchema {
  return {
    summary,
    tags: [tag],
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(headers && { headers }),
    ...(body && { body }),
    ...(response !== null && response !== 'binary' && { response: { [successStatus]: response } }),
  };
}

/** Fastify has replaced each part with the output of its schema. */
function inputOf(request: FastifyRequest, reply: FastifyReply): InputFor<RouteDefinition> {
  const { params, query, body, caller } = request;
  return { params, query, body, caller, request, reply } as InputFor<RouteDefinition>;
}

function sendBytes(reply: FastifyReply, response: BinaryResponse): FastifyReply {
  return reply
    .code(response.status)
    .headers({ 'cache-control': 'no-store', ...response.headers })
    .send(response.body ?? undefined);
}
