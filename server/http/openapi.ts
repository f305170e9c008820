import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type RouteAccess, type RouteDefinition, tokenActionOf } from '../../shared/api/define-route.ts';
import { problemSchema } from '../../shared/api/problem.ts';
import { scopesAllowing, type TokenScope } from '../../shared/domain/access-token.ts';
import { BYTE_STREAM, FILE_FIELD } from './form-uploads.ts';

export const DOCUMENT_PATH = '/api/openapi.json';
export const DOCS_PATH = '/api/docs';

const SESSION_SCHEME = 'session';
const transformZod = createJsonSchemaTransform({ skipList: [] });

type JsonSchema = Record<string, unknown>;

/**
 * Serves OpenAPI 3.1 from the route table, and a page to read it and try it. Register it before the
 * routes.
 */
export async function registerOpenapi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gabinet avatar API',
        version,
        description: 'Keep, check, version and activate the avatars of projects. Errors are RFC 9457 problem details.',
      },
      components: {
        securitySchemes: {
          [SESSION_SCHEME]: {
            type: 'http',
            scheme: 'bearer',
            description: 'POST /api/auth/sessions, or an access token',
          },
        },
        schemas: { Problem: toJsonSchema(problemSchema, 'output') },
      },
    },
    // A route's definition says everything about it; the rest of the argument comes from Fastify.
    transform: (input) => {
      const transformed = transformZod(input);
      const definition = input.route.config?.definition;
      return definition ? { ...transformed, schema: documented(definition, transformed.schema) } : transformed;
    },
  });
  await app.register(swaggerUi, { routePrefix: DOCS_PATH, staticCSP: DOCS_CSP, uiConfig: { deepLinking: true } });
  app.get(DOCUMENT_PATH, { schema: { hide: true } }, async () => app.swagger());
}

/** Allows only the page's own files. Its style sheet sets inline styles. */
const DOCS_CSP = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

type DocumentedSchema = FastifySchema & {
  readonly 'x-access': RouteAccess;
  /** An access token needs one of these scopes; none: the route refuses access tokens. */
  readonly 'x-token-scopes'?: readonly TokenScope[];
};

function documented(definition: RouteDefinition, schema: FastifySchema): DocumentedSchema {
  const isPublic = definition.access === 'public';
  const scopes = scopesAllowing(tokenActionOf(definition));
  return {
    ...schema,
    ...(!isPublic && { security: [{ [SESSION_SCHEME]: [] }] }),
    description: isPublic
      ? describeAccess(definition.access)
      : `${describeAccess(definition.access)} ${describeScopes(scopes)}`,
    'x-access': definition.access,
    ...(!isPublic && { 'x-token-scopes': scopes }),
    ...(definition.isByteStream && { consumes: [BYTE_STREAM], body: { type: 'string', format: 'binary' } }),
    ...(definition.multipart && { consumes: ['multipart/form-data'], body: multipartBody(definition.multipart) }),
    response: { ...successOf(definition, schema), default: PROBLEM_RESPONSE },
  };
}

function describeScopes(scopes: readonly TokenScope[]): string {
  if (scopes.length === 0) return 'Not for access tokens.';
  return `An access token needs one of these scopes: ${scopes.map((scope) => `"${scope}"`).join(', ')}.`;
}

function describeAccess(access: RouteAccess): string {
  if (access === 'public') return 'For everybody.';
  if (access === 'signed-in') return 'For everybody who is signed in.';
  if (access === 'admin') return 'For administrators.';
  const [target, action] = access.split(':');
  return `For those to whom the access policy allows "${action}" on the ${target}.`;
}

const PROBLEM_RESPONSE = {
  description: 'What went wrong, as RFC 9457 problem details',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function successOf({ response, successStatus, event }: RouteDefinition, schema: FastifySchema): JsonSchema {
  if (event) return { [successStatus]: eventStreamOf(event) };
  if (response === null) return { [successStatus]: { description: 'Done', type: 'null' } };
  if (response !== 'binary') return schema.response as JsonSchema;
  const bytes = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } };
  const content = { 'application/octet-stream': bytes };
  return {
    200: { description: 'The whole file', content },
    206: { description: 'The requested range of a download', content },
    304: { description: 'Not modified: If-None-Match contains its ETag', type: 'null' },
  };
}

function eventStreamOf(event: z.ZodType): JsonSchema {
  const data = JSON.stringify(toJsonSchema(event, 'output'));
  return {
    description: `Events whose data is JSON of this schema: ${data}. Comment lines in between show that the connection is alive.`,
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  };
}

function multipartBody(fields: z.ZodObject): JsonSchema {
  const described = toJsonSchema(fields, 'input') as { properties?: JsonSchema };
  const file = {
    type: 'string',
    format: 'binary',
    contentMediaType: 'application/octet-stream',
    description: 'The bundle; its file name must end in .gab',
  };
  return { type: 'object', required: [FILE_FIELD], properties: { [FILE_FIELD]: file, ...described.properties } };
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io });
  return described;
}
