import type { z } from 'zod';
import { type AccessAction, accessActions } from '../domain/access-policy.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a route's path or body names, so that the policy can be applied to it. */
export type AccessTarget = 'customer' | 'project' | 'version' | 'person';

/**
 * Who may call a route: anybody, everybody who is signed in (for their own things), administrators,
 * or those to whom the policy allows the action on the target: `version:edit`.
 */
export type RouteAccess = 'public' | 'signed-in' | 'admin' | `${AccessTarget}:${AccessAction}`;

/**
 * One route of the avatar HTTP API. The server registers it, the client calls it and OpenAPI
 * describes it, all from this definition.
 */
export interface RouteDefinition {
  readonly method: HttpMethod;
  /** Path with `:name` parameters. */
  readonly path: string;
  readonly access: RouteAccess;
  /**
   * What an access token must allow for this route, if `access` does not say it: `signed-in` routes
   * without it refuse access tokens.
   */
  readonly tokenAction?: AccessAction;
  /** Set on the few routes that a server without an administrator answers. */
  readonly worksBeforeSetup?: true;
  readonly tag: 'auth' | 'people' | 'projects' | 'avatars' | 'uploads' | 'changes' | 'administration' | 'server';
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The successful response. `null`: no content; `'binary'`: bytes of the type in the summary. */
  readonly response: z.ZodType | null | 'binary';
  readonly successStatus: 200 | 201 | 204;
  /** The schema of the text fields, if the body is multipart/form-data. */
  readonly multipart?: z.ZodObject;
  /** Set if the body is application/octet-stream, read as a stream. */
  readonly isByteStream?: true;
  /**
   * The schema of an event's data, if the response is text/event-stream (`response` is then
   * `'binary'`).
   */
  readonly event?: z.ZodType;
}

export function defineRoute<const Definition extends RouteDefinition>(definition: Definition): Definition {
  return definition;
}

/**
 * What an access token must allow for a route that is not public; null if the route refuses tokens.
 */
export function tokenActionOf({ access, tokenAction }: RouteDefinition): AccessAction | null {
  if (tokenAction !== undefined) return tokenAction;
  if (access === 'admin') return 'administer';
  return accessActions.find((action) => access.endsWith(`:${action}`)) ?? null;
}

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

export type RouteParams<Route extends RouteDefinition> = OutputOf<Route['params']>;
export type RouteQuery<Route extends RouteDefinition> = OutputOf<Route['query']>;
export type RouteQueryInput<Route extends RouteDefinition> = InputOf<Route['query']>;
export type RouteBody<Route extends RouteDefinition> = OutputOf<Route['body']>;
export type RouteBodyInput<Route extends RouteDefinition> = InputOf<Route['body']>;
export type RouteResponse<Route extends RouteDefinition> = OutputOf<Route['response']>;

/**
 * Fills the `:name` parameters of a route's path, percent-encoded. Throws if one is missing, which
 * is a bug of the caller.
 */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:([a-z_]+)/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`Path ${path} needs the parameter ${name}`);
    return encodeURIComponent(value);
  });
}
