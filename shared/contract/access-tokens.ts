import { z } from 'zod';
import { MAX_TOKEN_DAYS, MAX_TOKEN_NAME_CHARS, tokenScopes } from '../domain/access-token.ts';
import { uuidSchema } from '../domain/ids.ts';
import { MAX_TYPED_PASSWORD_CHARS } from './account.ts';
import { commandOutcome, outcomeOf } from './failure.ts';

const scopesSchema = z.array(z.enum(tokenScopes));

/** A personal access token without its secret. Times are ISO 8601. */
export const accessTokenViewSchema = z.object({
  uuid: uuidSchema,
  name: z.string(),
  scopes: scopesSchema,
  createdAt: z.string(),
  expiresAt: z.string(),
  /** Null if it was never used. */
  lastUsedAt: z.string().nullable(),
});
export type AccessTokenView = z.infer<typeof accessTokenViewSchema>;

/** The user's own access tokens. All of it needs the server and fails with `offline` without it. */
export const accessTokenChannels = {
  /** The newest first, with those that expired within 30 days. */
  'accessTokens.list': { input: z.undefined(), output: outcomeOf(z.array(accessTokenViewSchema)) },
  /** The secret cannot be read again. Fails with `wrong_password`. */
  'accessTokens.create': {
    input: z.object({
      name: z.string().trim().min(1).max(MAX_TOKEN_NAME_CHARS),
      scopes: scopesSchema.min(1).max(tokenScopes.length),
      expiresInDays: z.int().min(1).max(MAX_TOKEN_DAYS),
      /** Absent if the user has none. */
      password: z.string().min(1).max(MAX_TYPED_PASSWORD_CHARS).optional(),
    }),
    output: outcomeOf(z.object({ secret: z.string() })),
  },
  /** Fails with `not_found` if it was revoked already. */
  'accessTokens.revoke': { input: z.object({ tokenUuid: uuidSchema }), output: commandOutcome },
} as const;
