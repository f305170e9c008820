import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { RouteBody, RouteDefinition, RouteParams, RouteQuery } from '../../shared/api/define-route.ts';
import type { ApiRouteName, apiRoutes } from '../../shared/api/routes.ts';
import type { Caller } from '../access/caller.ts';
import type { ServiceResult } from '../failures/service-failure.ts';

/** A response of bytes instead of JSON, with all its headers. */
export interface BinaryResponse {
  readonly status: 200 | 206 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable | null;
}

type ResponseOf<Route extends RouteDefinition> = Route['response'] extends z.ZodType
  ? z.input<Route['response']>
  : Route['response'] extends 'binary'
    ? BinaryResponse
    : null;

type CallerOf<Route extends RouteDefinition> = Route['access'] extends 'public' ? null : Caller;

/** The input of a handler; all parts are validated against the route's definition. */
export interface HandlerInput<Params, Query, Body, Who> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Who;
  readonly request: FastifyRequest;
  /** For headers only: the handler returns the response. */
  readonly reply: FastifyReply;
}

export type InputFor<Route extends RouteDefinition> = HandlerInput<
  RouteParams<Route>,
  RouteQuery<Route>,
  RouteBody<Route>,
  CallerOf<Route>
>;

// Separate from `RouteHandler`, so that routes with the same input and output can share a handler.
type Handler<Input, Output> = (input: Input) => ServiceResult<Output>;

export type RouteHandler<Route extends RouteDefinition> = Handler<InputFor<Route>, ResponseOf<Route>>;

/** One handler per route of the contract; a missing one does not compile. */
export type ApiHandlers = { readonly [Name in ApiRouteName]: RouteHandler<(typeof apiRoutes)[Name]> };
