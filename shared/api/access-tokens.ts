import { z } from 'zod';
import { DEFAULT_TOKEN_DAYS, MAX_TOKEN_DAYS, MAX_TOKEN_NAME_CHARS, tokenScopes } from '../domain/access-token.ts';
import { uuidSchema } from '../domain/ids.ts';
import { trimmedLineSchema } from '../lib/text.ts';
import { typedPasswordSchema } from './auth.ts';
import { defineRoute } from './define-route.ts';

/** A personal access token without its secret. */
export const accessTokenSchema = z.object({
  uuid: uuidSchema,
  name: z.string(),
  scopes: z.array(z.enum(tokenScopes)),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  /** Noted every five minutes; null if it was never used. */
  last_used_at: z.iso.datetime().nullable(),
});
export type AccessTokenResponse = z.infer<typeof accessTokenSchema>;

const tokenListSchema = z.object({ access_tokens: z.array(accessTokenSchema) });
const ownToken = z.object({ token_uuid: uuidSchema });
const person = z.object({ user_uuid: uuidSchema });

export const tokenNameSchema = trimmedLineSchema
  .min(1, 'must not be empty')
  .max(MAX_TOKEN_NAME_CHARS, `must not be longer than ${MAX_TOKEN_NAME_CHARS} characters`);

export const listAccessTokens = defineRoute({
  method: 'GET',
  path: '/api/auth/access-tokens',
  access: 'signed-in',
  tag: 'auth',
  summary: 'The caller’s own access tokens, the newest first, also those that expired within 30 days',
  response: tokenListSchema,
  successStatus: 200,
});

export const createAccessToken = defineRoute({
  method: 'POST',
  path: '/api/auth/access-tokens',
  access: 'signed-in',
  tag: 'auth',
  summary: 'Make a personal access token. Its secret is returned only here',
  body: z.object({
    name: tokenNameSchema,
    scopes: z.array(z.enum(tokenScopes)).min(1, 'must contain at least one'),
    expires_in_days: z.int().min(1).max(MAX_TOKEN_DAYS).default(DEFAULT_TOKEN_DAYS),
    /** Needed if the account has a password. */
    password: typedPasswordSchema.optional(),
  }),
  response: z.object({ token: z.string(), access_token: accessTokenSchema }),
  successStatus: 201,
});

export const revokeAccessToken = defineRoute({
  method: 'DELETE',
  path: '/api/auth/access-tokens/:token_uuid',
  access: 'signed-in',
  tag: 'auth',
  summary: 'Revoke one of the caller’s own access tokens',
  params: ownToken,
  response: null,
  successStatus: 204,
});

export const listPersonsAccessTokens = defineRoute({
  method: 'GET',
  path: '/api/customer/people/:user_uuid/access-tokens',
  access: 'person:manage-people',
  tag: 'people',
  summary: 'The access tokens of a person, the newest first',
  params: person,
  response: tokenListSchema,
  successStatus: 200,
});

export const revokePersonsAccessTokens = defineRoute({
  method: 'DELETE',
  path: '/api/customer/people/:user_uuid/access-tokens',
  access: 'person:manage-people',
  tag: 'people',
  summary: 'Revoke one access token of a person, or all of them',
  params: person,
  query: z.object({ token_uuid: uuidSchema.optional() }),
  response: z.object({ revoked: z.int() }),
  successStatus: 200,
});
