import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { defineRoute } from './define-route.ts';

export const userRoles = ['admin', 'designer', 'viewer'] as const;
export type UserRole = (typeof userRoles)[number];

export const userResponseSchema = z.object({
  id: z.int(),
  uuid: uuidSchema,
  email: z.string(),
  name: z.string(),
  role: z.enum(userRoles),
  /** Null for admins, who don't belong to a customer. */
  customer_uuid: uuidSchema.nullable(),
  customer_name: z.string().nullable(),
});
export type UserResponse = z.infer<typeof userResponseSchema>;

export const createSession = defineRoute({
  method: 'POST',
  path: '/api/auth/sessions',
  access: 'public',
  tag: 'auth',
  summary: 'Sign in. Returns an opaque token for `Authorization: Bearer`',
  body: z.object({ email: z.string().trim().min(3).max(254), password: z.string().min(1).max(1024) }),
  response: z.object({ token: z.string(), expires_at: z.iso.datetime(), user: userResponseSchema }),
  successStatus: 201,
});

export const deleteCurrentSession = defineRoute({
  method: 'DELETE',
  path: '/api/auth/sessions/current',
  access: 'signed-in',
  tag: 'auth',
  summary: 'Sign out. The token is no longer valid',
  response: null,
  successStatus: 204,
});

export const getMe = defineRoute({
  method: 'GET',
  path: '/api/auth/me',
  access: 'signed-in',
  tag: 'auth',
  summary: 'The user that the token belongs to',
  response: userResponseSchema,
  successStatus: 200,
});
