import { z } from 'zod';
import { isLoopbackAnswer, isLoopbackRedirect } from '../domain/loopback-redirect.ts';
import { lineSchema } from '../lib/text.ts';
import { createSession, sessionResponseSchema } from './auth.ts';
import { defineRoute } from './define-route.ts';

/** Random text that the client makes up and keeps to itself until it has the provider's answer. */
const randomTextSchema = z.string().regex(/^[A-Za-z0-9_-]{20,200}$/, 'must be 20 to 200 letters, digits, - or _');
const MAX_REDIRECT_CHARS = 200;
/** A code may be a whole encrypted token, but a browser's address ends somewhere. */
const MAX_ANSWER_CHARS = 8000;

/**
 * Authorization code with PKCE (RFC 7636) through the system browser and a loopback redirect (RFC
 * 8252). The server keeps nothing between the two requests.
 */
export const startProviderSignIn = defineRoute({
  method: 'POST',
  path: '/api/auth/oidc/start',
  access: 'public',
  worksBeforeSetup: true,
  tag: 'auth',
  summary: 'Begin a sign-in with the identity provider. Open the returned address in the system browser',
  body: z.object({
    redirect_uri: lineSchema
      .max(MAX_REDIRECT_CHARS)
      .refine(isLoopbackRedirect, 'must be http://127.0.0.1:PORT/... or http://[::1]:PORT/...'),
    /** SHA-256 of the code verifier, base64url. */
    code_challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be the S256 challenge of a code verifier'),
    state: randomTextSchema,
    nonce: randomTextSchema,
  }),
  response: z.object({ authorization_url: z.url() }),
  successStatus: 200,
});

export const createProviderSession = defineRoute({
  method: 'POST',
  path: '/api/auth/oidc/sessions',
  access: 'public',
  worksBeforeSetup: true,
  tag: 'auth',
  summary: 'Finish a sign-in with the identity provider. Returns a token as POST /api/auth/sessions does',
  body: z.object({
    /** The address that the browser was sent to, with the provider's answer as its query. */
    callback_url: lineSchema
      .max(MAX_ANSWER_CHARS)
      .refine(isLoopbackAnswer, 'must be the redirect address with the answer of the provider'),
    code_verifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/, 'must be a code verifier (RFC 7636, 4.1)'),
    state: randomTextSchema,
    nonce: randomTextSchema,
    device_name: createSession.body.shape.device_name,
    device_token: createSession.body.shape.device_token,
  }),
  response: sessionResponseSchema,
  successStatus: 201,
});
