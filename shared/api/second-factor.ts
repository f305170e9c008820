import { z } from 'zod';
import { codeSchema, typedPasswordSchema } from './auth.ts';
import { defineRoute } from './define-route.ts';

const tag = 'auth' as const;

export const startSecondFactor = defineRoute({
  method: 'POST',
  path: '/api/auth/me/second-factor',
  access: 'signed-in',
  tag,
  summary: 'Begin to set up a second factor (TOTP, RFC 6238). It is used only after it is confirmed',
  body: z.object({ password: typedPasswordSchema }),
  response: z.object({
    /** Base32, for typing it into an authenticator. */
    secret: z.string(),
    /** The same as an `otpauth://` address, for a QR code. */
    address: z.string(),
  }),
  successStatus: 201,
});

export const confirmSecondFactor = defineRoute({
  method: 'POST',
  path: '/api/auth/me/second-factor/confirm',
  access: 'signed-in',
  tag,
  summary: 'Switch the second factor on with a first code. Returns recovery codes, which are shown only once',
  body: z.object({ code: codeSchema }),
  response: z.object({ recovery_codes: z.array(z.string()) }),
  successStatus: 200,
});

export const removeSecondFactor = defineRoute({
  method: 'POST',
  path: '/api/auth/me/second-factor/remove',
  access: 'signed-in',
  tag,
  summary: 'Switch the second factor off',
  body: z.object({ password: typedPasswordSchema, code: codeSchema }),
  response: null,
  successStatus: 204,
});
