import { resolve } from 'node:path';
import { z } from 'zod';
import { type GabPolicy, gabPolicies } from '../shared/gab/report.ts';
import { fail, ok, type Result } from '../shared/lib/result.ts';
import { DEFAULT_QUARANTINE_DAYS } from './blobs/blob-keys.ts';
import type { SignInLimits, StorageLimits } from './context.ts';
import { oidcEnvironment, oidcSettingsFrom } from './features/accounts/oidc/oidc-environment.ts';
import type { OidcSettings } from './features/accounts/oidc/oidc-settings.ts';
import { type SecondFactorRole, secondFactorRolesSchema } from './features/accounts/second-factor/required-roles.ts';
import { DEFAULT_SIGN_IN_LIMITS, DEFAULT_SIGN_INS_PER_MINUTE } from './features/accounts/sign-in/sign-in-limits.ts';
import { storageEnvironment, storageLimitsFrom } from './features/storage/storage-environment.ts';
import { DEFAULT_UPLOAD_SESSION_HOURS, MAX_UPLOAD_SESSION_HOURS } from './features/uploads/sessions/session-hours.ts';
import { type LogSettings, logEnvironment, logSettingsFrom } from './log-settings.ts';
import { mailEnvironment, mailSettingsFrom } from './mail/mail-environment.ts';
import type { MailSettings } from './mail/smtp-mailer.ts';
import {
  allowedHostsSchema,
  type ConnectionLimits,
  connectionEnvironment,
  connectionLimitsFrom,
  type TrustedProxies,
  trustProxySchema,
} from './network-settings.ts';
import { wholeNumber } from './whole-number.ts';

const DEFAULT_PORT = 4610;
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_DATA_DIR = '.gabinet/server';
const DEFAULT_TRASH_DAYS = 30;
/** Of a token that somebody types into two places. */
const MIN_TOKEN_CHARS = 16;
const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ServerSettings extends LogSettings {
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  /** Further names and addresses that requests may be addressed to; `*` stands for all. */
  readonly allowedHosts: readonly string[];
  /** Whose X-Forwarded-For headers are believed. */
  readonly trustedProxies: TrustedProxies;
  readonly httpLimits: ConnectionLimits;
  /** Null selects the embedded PostgreSQL below `dataDir`. */
  readonly databaseUrl: string | null;
  /** Absolute path. */
  readonly dataDir: string;
  readonly gabPolicy: GabPolicy;
  readonly isDemo: boolean;
  /** How long versions stay in the trash, in days. */
  readonly trashDays: number;
  /** How long files that no row names are kept before they are removed, in days. */
  readonly quarantineDays: number;
  /** How long an unfinished upload is kept after its last byte, in hours. */
  readonly uploadSessionHours: number;
  readonly storageLimits: StorageLimits;
  readonly signInLimits: SignInLimits;
  /** Roles that require a second factor. */
  readonly secondFactorRoles: readonly SecondFactorRole[];
  /** Where people reach the server, without a slash at the end; null: where a request was sent to. */
  readonly publicUrl: string | null;
  /** Null: no mail is sent. */
  readonly mail: MailSettings | null;
  /** The identity provider that people may sign in with; null without one. */
  readonly oidc: OidcSettings | null;
  /** Whether local passwords sign in, too. */
  readonly allowsPasswords: boolean;
  /** Who has it may read `/metrics`; null: there are none. */
  readonly metricsToken: string | null;
}

const environmentSchema = z.object({
  PORT: z.coerce.number('must be a number from 0 to 65535').int().min(0).max(65_535).default(DEFAULT_PORT),
  HOST: z.string().min(1).default(DEFAULT_HOST),
  ALLOWED_HOSTS: allowedHostsSchema,
  TRUST_PROXY: trustProxySchema,
  ...connectionEnvironment,
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      hostname: /.*/,
      error: 'must look like postgresql://user:password@host:5432/name',
    })
    .optional(),
  DATA_DIR: z.string().min(1).default(DEFAULT_DATA_DIR),
  GAB_POLICY: z.enum(gabPolicies, `must be one of: ${gabPolicies.join(', ')}`).default('lenient'),
  DEMO: z.enum(['0', '1'], 'must be 1 or 0').default('0'),
  TRASH_DAYS: wholeNumber({ unit: 'days', from: 0, to: 3650 }).default(DEFAULT_TRASH_DAYS),
  QUARANTINE_DAYS: wholeNumber({ unit: 'days', from: 1, to: 3650 }).default(DEFAULT_QUARANTINE_DAYS),
  UPLOAD_SESSION_HOURS: wholeNumber({ unit: 'hours', from: 1, to: MAX_UPLOAD_SESSION_HOURS }).default(
    DEFAULT_UPLOAD_SESSION_HOURS,
  ),
  REQUIRE_SECOND_FACTOR: secondFactorRolesSchema,
  SIGN_INS_PER_MINUTE: wholeNumber({ unit: 'attempts', from: 1, to: 100_000 }).default(DEFAULT_SIGN_INS_PER_MINUTE),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, hostname: /.*/, error: 'must look like https://gabinet.example.com' })
    .regex(/^[^?#]*$/, 'must not contain ? or #')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  ...storageEnvironment,
  ...mailEnvironment,
  ...oidcEnvironment,
  METRICS_TOKEN: z
    .string()
    .min(MIN_TOKEN_CHARS, `must have at least ${MIN_TOKEN_CHARS} characters`)
    // Anything else cannot be sent in a header.
    .regex(/^[!-~]*$/, 'must consist of letters, digits and signs of ASCII, without spaces')
    .optional(),
  ...logEnvironment,
});

/**
 * Reads the settings from the environment. The failure lists every invalid setting, one per line,
 * for the terminal.
 */
export function readSettings(environment: Environment, workingDir: string): Result<ServerSettings, string> {
  const parsed = environmentSchema.safeParse(withoutEmpty(environment));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    return fail(`Some settings are not valid. Correct them and start the server again:\n${lines.join('\n')}`);
  }
  const values = parsed.data;
  if (values.DEMO === '1' && !LOOPBACK_HOSTS.includes(values.HOST)) {
    return fail(
      `DEMO=1 does not work with HOST=${values.HOST}: the password of the demo accounts is public, so the demo runs on ` +
        'loopback only. Remove either HOST or DEMO.',
    );
  }
  const oidc = oidcSettingsFrom(values);
  if (!oidc.ok) return oidc;
  if (oidc.value === null && values.LOCAL_PASSWORDS === '0') {
    return fail(
      'LOCAL_PASSWORDS=0 needs an identity provider: set OIDC_ISSUER and OIDC_CLIENT_ID, or nobody can sign in.',
    );
  }
  const mail = mailSettingsFrom(values);
  if (!mail.ok) return mail;
  return ok({
    port: values.PORT,
    host: values.HOST,
    allowedHosts: values.ALLOWED_HOSTS,
    trustedProxies: values.TRUST_PROXY,
    httpLimits: connectionLimitsFrom(values),
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: resolve(workingDir, values.DATA_DIR),
    gabPolicy: values.GAB_POLICY,
    isDemo: values.DEMO === '1',
    trashDays: values.TRASH_DAYS,
    quarantineDays: values.QUARANTINE_DAYS,
    uploadSessionHours: values.UPLOAD_SESSION_HOURS,
    storageLimits: storageLimitsFrom(values),
    secondFactorRoles: values.REQUIRE_SECOND_FACTOR,
    signInLimits: { ...DEFAULT_SIGN_IN_LIMITS, perAddress: values.SIGN_INS_PER_MINUTE },
    publicUrl: values.PUBLIC_URL ?? null,
    mail: mail.value,
    oidc: oidc.value,
    allowsPasswords: values.LOCAL_PASSWORDS === '1',
    metricsToken: values.METRICS_TOKEN ?? null,
    ...logSettingsFrom(values, workingDir),
  });
}

/** An empty variable, as in `PORT= node server/start.ts`, counts as not set. */
function withoutEmpty(environment: Environment): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}
