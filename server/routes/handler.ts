import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { RouteBody, RouteDefinition, RouteParams, RouteQuery } from '../../shared/api/define-route.ts';
import type { ApiRouteName, apiRoutes } from '../../shared/api/routes.ts';
import type { Result } from '../../shared/lib/result.ts';
import type { Caller } from '../services/caller.ts';
import type { ApiFailure } from '../services/service-failure.ts';

/** Bytes instead of JSON, with all their headers. */
export interface BinaryAnswer {
  readonly status: 200 | 206 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable | null;
}

type AnswerOf<Route extends RouteDefinition> = Route['response'] extends z.ZodType
  ? z.input<Route['response']>
  : Route['response'] extends 'binary'
    ? BinaryAnswer
    : null;

type CallerOf<Route extends RouteDefinition> = Route['access'] extends 'public' ? null : Caller;

/** What a handler gets: everything checked against the route's definition. */
export interface HandlerInput<Params, Query, Body, Who> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Who;
  readonly request: FastifyRequest;
  /** For headers only: the answer is what the handler returns. */
  readonly reply: FastifyReply;
}

export type InputFor<Route extends RouteDefinition> = HandlerInput<
  RouteParams<Route>,
  RouteQuery<Route>,
  RouteBody<Route>,
  CallerOf<Route>
>;

// Apart from `RouteHandler`, so that routes which take and answer the same can share a handler.
type Handler<Input, Answer> = (input: Input) => Promise<Result<Answer, ApiFailure>>;

export type RouteHandler<Route extends RouteDefinition> = Handler<InputFor<Route>, AnswerOf<Route>>;

/** One handler per route of the contract: a missing one does not compile. */
export type ApiHandlers = { readonly [Name in ApiRouteName]: RouteHandler<(typeof apiRoutes)[Name]> };
