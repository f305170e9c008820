import { z } from 'zod';
import { emailSchema, linkKinds, passwordSchema, personNameSchema } from '../domain/account-fields.ts';
import { tokenSchema } from './auth.ts';
import { defineRoute } from './define-route.ts';

const tag = 'auth' as const;
const linkParams = z.object({ link_token: tokenSchema });

export const getLink = defineRoute({
  method: 'GET',
  path: '/api/auth/links/:link_token',
  access: 'public',
  worksBeforeSetup: true,
  tag,
  summary: 'What a setup, invitation or reset link is for',
  params: linkParams,
  response: z.object({
    kind: z.enum(linkKinds),
    /** Null for the setup of a new server. */
    email: z.string().nullable(),
    name: z.string().nullable(),
    expires_at: z.iso.datetime(),
  }),
  successStatus: 200,
});

export const useLink = defineRoute({
  method: 'POST',
  path: '/api/auth/links/:link_token',
  access: 'public',
  worksBeforeSetup: true,
  tag,
  summary: 'Set the password of the account with a link; a setup link creates the first administrator. Each works once',
  params: linkParams,
  body: z.object({
    /** Required for a setup link, ignored otherwise. */
    email: emailSchema.optional(),
    /** Required for a setup link; renames an invited person. */
    name: personNameSchema.optional(),
    password: passwordSchema,
  }),
  response: z.object({ email: z.string() }),
  successStatus: 200,
});
