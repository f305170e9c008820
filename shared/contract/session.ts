import { z } from 'zod';
import { customerRoles } from '../domain/access-policy.ts';
import { uuidSchema } from '../domain/ids.ts';
import { failureSchema, outcomeOf } from './failure.ts';

export const connectionStates = ['online', 'offline', 'syncing'] as const;

export const membershipSchema = z.object({
  customerUuid: uuidSchema,
  customerName: z.string(),
  role: z.enum(customerRoles),
  /** The only project that the membership gives access to; null for all of the customer. */
  projectUuid: uuidSchema.nullable(),
});

export const signedInUserSchema = z.object({
  uuid: uuidSchema,
  email: z.string(),
  name: z.string(),
  /** Administrators may do everything, and need no memberships. */
  isAdmin: z.boolean(),
  memberships: z.array(membershipSchema),
});
export type SignedInUser = z.infer<typeof signedInUserSchema>;

export const sessionStateSchema = z.object({
  /** The server address used last, or the default one; shown in the sign-in form. */
  serverUrl: z.string(),
  /** E-mail used last on this machine, if any. */
  lastEmail: z.string().nullable(),
  user: signedInUserSchema.nullable(),
  connection: z.enum(connectionStates),
  /**
   * When the local library was last in sync with the server (ISO 8601); null before the first sync.
   */
  syncedAt: z.string().nullable(),
  /** Where the token is kept; 'file' is shown as a notice. */
  tokenStorage: z.enum(['os', 'file']),
  /** Why the user was signed out without asking for it, if so. */
  notice: failureSchema.nullable(),
});
export type SessionState = z.infer<typeof sessionStateSchema>;

export const demoAccountSchema = z.object({
  email: z.string(),
  name: z.string(),
  role: z.enum(['admin', ...customerRoles]),
  customerName: z.string().nullable(),
});

export type DemoAccount = z.infer<typeof demoAccountSchema>;

export const serverProbeSchema = z.object({
  serverUrl: z.string(),
  version: z.string(),
  /** How people sign in there: with passwords, with an identity provider, or with either. */
  signIn: z.object({ passwords: z.boolean(), provider: z.object({ name: z.string() }).nullable() }),
  demo: z.object({ password: z.string(), accounts: z.array(demoAccountSchema) }).nullable(),
});
export type ServerProbe = z.infer<typeof serverProbeSchema>;

/** `url`: what the page must open; null if the system browser has been opened. */
export const providerSignInStartSchema = z.object({ url: z.url().nullable() });
export type ProviderSignInStart = z.infer<typeof providerSignInStartSchema>;

export const sessionChannels = {
  'session.get': { input: z.undefined(), output: sessionStateSchema },
  'session.probe': { input: z.object({ serverUrl: z.string().max(2000) }), output: outcomeOf(serverProbeSchema) },
  'session.signIn': {
    input: z.object({ serverUrl: z.string().max(2000), email: z.string().max(254), password: z.string().max(1024) }),
    output: outcomeOf(sessionStateSchema),
  },
  /** Begins a sign-in with the server's identity provider; `finish` then waits for its answer. */
  'session.startProviderSignIn': {
    input: z.object({ serverUrl: z.string().max(2000) }),
    output: outcomeOf(providerSignInStartSchema),
  },
  'session.finishProviderSignIn': { input: z.undefined(), output: outcomeOf(sessionStateSchema) },
  'session.cancelProviderSignIn': { input: z.undefined(), output: z.null() },
  'session.signOut': { input: z.undefined(), output: sessionStateSchema },
} as const;

export const sessionEvents = { 'session.changed': sessionStateSchema } as const;
