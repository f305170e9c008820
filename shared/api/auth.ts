import { z } from 'zod';
import { customerRoles } from '../domain/access-policy.ts';
import { passwordSchema, personNameSchema } from '../domain/account-fields.ts';
import { uuidSchema } from '../domain/ids.ts';
import { lineSchema, trimmedLineSchema } from '../lib/text.ts';
import { defineRoute } from './define-route.ts';

const tag = 'auth' as const;

export const membershipResponseSchema = z.object({
  customer_uuid: uuidSchema,
  customer_name: z.string(),
  role: z.enum(customerRoles),
  /** The only project that the membership gives access to; null for all of the customer. */
  project_uuid: uuidSchema.nullable(),
  project_name: z.string().nullable(),
});
export type MembershipResponse = z.infer<typeof membershipResponseSchema>;

export const userResponseSchema = z.object({
  id: z.int(),
  uuid: uuidSchema,
  email: z.string(),
  name: z.string(),
  /** Administrators may do everything, and need no memberships. */
  is_admin: z.boolean(),
  memberships: z.array(membershipResponseSchema),
});
export type UserResponse = z.infer<typeof userResponseSchema>;

/** The signed-in user. */
const meResponseSchema = userResponseSchema.extend({
  second_factor: z.object({
    is_on: z.boolean(),
    /** Whether the server asks for it because of the user's role. */
    is_required: z.boolean(),
    recovery_codes_left: z.int(),
  }),
  /** False if the user signs in only through the organization's identity provider. */
  has_password: z.boolean(),
});
export type MeResponse = z.infer<typeof meResponseSchema>;

/** A password as it is typed for signing in: whatever it is, it is only compared. */
export const typedPasswordSchema = lineSchema.min(1).max(1024);
/** Six digits of an authenticator, or a recovery code. Spaces and hyphens do not matter. */
export const codeSchema = trimmedLineSchema.min(6).max(40);
export const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{20,200}$/, 'is not a token');
export const MAX_DEVICE_NAME_CHARS = 80;

export const sessionResponseSchema = z.object({
  token: z.string(),
  expires_at: z.iso.datetime(),
  /** Send it with the next sign-in from this device: other people's attempts then cannot delay it. */
  device_token: z.string(),
  user: meResponseSchema,
});

export const createSession = defineRoute({
  method: 'POST',
  path: '/api/auth/sessions',
  access: 'public',
  tag,
  summary: 'Sign in. Returns an opaque token for `Authorization: Bearer`',
  body: z.object({
    email: trimmedLineSchema.min(3).max(254),
    password: typedPasswordSchema,
    /** Needed if the request failed with `second_factor_required` without it. */
    code: codeSchema.optional(),
    /** Shown in the list of sessions. */
    device_name: trimmedLineSchema.max(MAX_DEVICE_NAME_CHARS).default(''),
    device_token: tokenSchema.optional(),
  }),
  response: sessionResponseSchema,
  successStatus: 201,
});

export const deleteCurrentSession = defineRoute({
  method: 'DELETE',
  path: '/api/auth/sessions/current',
  access: 'signed-in',
  tag,
  summary: 'Sign out. The token is no longer valid',
  response: null,
  successStatus: 204,
});

export const listSessions = defineRoute({
  method: 'GET',
  path: '/api/auth/sessions',
  access: 'signed-in',
  tag,
  summary: 'The caller’s own sessions, the one used last first',
  response: z.object({
    sessions: z.array(
      z.object({
        uuid: uuidSchema,
        device_name: z.string(),
        created_at: z.iso.datetime(),
        last_used_at: z.iso.datetime(),
        is_current: z.boolean(),
      }),
    ),
  }),
  successStatus: 200,
});

export const deleteSession = defineRoute({
  method: 'DELETE',
  path: '/api/auth/sessions/:session_uuid',
  access: 'signed-in',
  tag,
  summary: 'End one of the caller’s own sessions',
  params: z.object({ session_uuid: uuidSchema }),
  response: null,
  successStatus: 204,
});

export const deleteOtherSessions = defineRoute({
  method: 'DELETE',
  path: '/api/auth/sessions',
  access: 'signed-in',
  tag,
  summary: 'End all of the caller’s own sessions except this one',
  response: z.object({ ended: z.int() }),
  successStatus: 200,
});

export const getMe = defineRoute({
  method: 'GET',
  path: '/api/auth/me',
  access: 'signed-in',
  tokenAction: 'read',
  tag,
  summary: 'The user that the token belongs to',
  response: meResponseSchema,
  successStatus: 200,
});

export const renameMe = defineRoute({
  method: 'PATCH',
  path: '/api/auth/me',
  access: 'signed-in',
  tag,
  summary: 'Change one’s own name',
  body: z.object({ name: personNameSchema }),
  response: meResponseSchema,
  successStatus: 200,
});

export const changePassword = defineRoute({
  method: 'PUT',
  path: '/api/auth/me/password',
  access: 'signed-in',
  tag,
  summary: 'Change one’s own password. Other sessions and access tokens stay unless `end_other_sessions` is set',
  body: z.object({
    current_password: typedPasswordSchema,
    new_password: passwordSchema,
    end_other_sessions: z.boolean().default(false),
  }),
  response: null,
  successStatus: 204,
});
