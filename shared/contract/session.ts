import { z } from 'zod';
import { customerRoles } from '../domain/access-policy.ts';
import { linkKinds, MAX_EMAIL_CHARS, MAX_PERSON_NAME_CHARS } from '../domain/account-fields.ts';
import { uuidSchema } from '../domain/ids.ts';
import { MAX_CODE_CHARS, MAX_TYPED_PASSWORD_CHARS } from './account.ts';
import { commandOutcome, failureSchema, outcomeOf } from './failure.ts';
import { libraryRepairSchema } from './library-repair.ts';

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
  /** The server refuses everything else until the user has set up a second factor. */
  mustSetUpSecondFactor: z.boolean(),
});
export type SignedInUser = z.infer<typeof signedInUserSchema>;

export const sessionStateSchema = z.object({
  /** The server address used last, or the default one; shown in the sign-in form. */
  serverUrl: z.string(),
  /** E-mail used last on this machine, if any. */
  lastEmail: z.string().nullable(),
  user: signedInUserSchema.nullable(),
  connection: z.enum(connectionStates),
  /** While offline: why the last request did not reach the server, if that is known. */
  unreached: failureSchema.nullable(),
  /**
   * When the local library was last in sync with the server (ISO 8601); null before the first sync.
   */
  syncedAt: z.string().nullable(),
  /** Where the token is kept; 'file' is shown as a notice. */
  tokenStorage: z.enum(['os', 'file']),
  /** Why the user was signed out without asking for it, if so. */
  notice: failureSchema.nullable(),
  /** How the library of this account was rebuilt after damage, until the user dismisses it. */
  repair: libraryRepairSchema.nullable(),
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
  /** False until the first administrator exists: then only a setup link works. */
  isSetUp: z.boolean(),
  demo: z.object({ password: z.string(), accounts: z.array(demoAccountSchema) }).nullable(),
});
export type ServerProbe = z.infer<typeof serverProbeSchema>;

/** `url`: what the page must open; null if the system browser has been opened. */
export const providerSignInStartSchema = z.object({ url: z.url().nullable() });
export type ProviderSignInStart = z.infer<typeof providerSignInStartSchema>;

export const MAX_SERVER_URL_CHARS = 2000;
/** An address with a token. */
export const MAX_LINK_CHARS = 2000;
const MAX_TOKEN_CHARS = 200;

/** A link that sets a password once. */
export const accountLinkSchema = z.object({
  /** The server that the link leads to. */
  serverUrl: z.string(),
  token: z.string(),
  kind: z.enum(linkKinds),
  /** Whose password it sets; null for the setup of a new server. */
  email: z.string().nullable(),
  name: z.string().nullable(),
});
export type AccountLink = z.infer<typeof accountLinkSchema>;

export const accountLinkFormSchema = z.object({
  serverUrl: z.string().max(MAX_SERVER_URL_CHARS),
  token: z.string().max(MAX_TOKEN_CHARS),
  /** For a setup link. */
  email: z.string().max(MAX_EMAIL_CHARS).optional(),
  /** For a setup link; renames an invited person. */
  name: z.string().max(MAX_PERSON_NAME_CHARS).optional(),
  password: z.string().max(MAX_TYPED_PASSWORD_CHARS),
});
export type AccountLinkForm = z.infer<typeof accountLinkFormSchema>;

export const sessionChannels = {
  'session.get': { input: z.undefined(), output: sessionStateSchema },
  'session.probe': {
    input: z.object({ serverUrl: z.string().max(MAX_SERVER_URL_CHARS) }),
    output: outcomeOf(serverProbeSchema),
  },
  'session.signIn': {
    input: z.object({
      serverUrl: z.string().max(MAX_SERVER_URL_CHARS),
      email: z.string().max(MAX_EMAIL_CHARS),
      password: z.string().max(MAX_TYPED_PASSWORD_CHARS),
      /** Of the second factor, after signing in without it failed with `second_factor_required`. */
      code: z.string().max(MAX_CODE_CHARS).optional(),
    }),
    output: outcomeOf(sessionStateSchema),
  },
  /** Begins a sign-in with the server's identity provider; `finish` then waits for its answer. */
  'session.startProviderSignIn': {
    input: z.object({ serverUrl: z.string().max(MAX_SERVER_URL_CHARS) }),
    output: outcomeOf(providerSignInStartSchema),
  },
  'session.finishProviderSignIn': { input: z.undefined(), output: outcomeOf(sessionStateSchema) },
  'session.cancelProviderSignIn': { input: z.undefined(), output: z.null() },
  /** Fails with `not_a_link`, or with `link_invalid` if it was used or has expired. */
  'session.readLink': {
    input: z.object({ serverUrl: z.string().max(MAX_SERVER_URL_CHARS), link: z.string().max(MAX_LINK_CHARS) }),
    output: outcomeOf(accountLinkSchema),
  },
  /** Uses the link, then signs in; it is used up even if signing in fails. */
  'session.redeemLink': { input: accountLinkFormSchema, output: outcomeOf(sessionStateSchema) },
  /** The user has read how the library was rebuilt. */
  'session.dismissRepair': { input: z.undefined(), output: commandOutcome },
  /** Shows the damaged library in the file manager. */
  'session.revealDamagedFile': { input: z.undefined(), output: commandOutcome },
  'session.signOut': { input: z.undefined(), output: sessionStateSchema },
} as const;

export const sessionEvents = { 'session.changed': sessionStateSchema } as const;
