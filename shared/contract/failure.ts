import { z } from 'zod';
import { fieldRules } from '../domain/field-rules.ts';
import { problemCodes } from '../domain/problem-codes.ts';
import { quotaExceededSchema } from '../domain/quota.ts';
import { serverAddressProblems } from '../domain/server-address.ts';

// An expected failure is its code and what is specific to it. The sentences are made where it is
// shown (renderer/stores/failures).

function coded<const Codes extends readonly [string, ...string[]]>(...codes: Codes) {
  return z.object({ code: z.enum(codes) });
}

/** Why the certificate of a server was refused. `unusable`: any other reason. */
export const certificateProblems = [
  'self_signed',
  'unknown_authority',
  'expired',
  'not_yet_valid',
  'wrong_host',
  'revoked',
  'unusable',
] as const;
export type CertificateProblem = (typeof certificateProblems)[number];

/**
 * Why a proxy did not open a way to the server. `refuses`: it does not allow it; `no_way`: it can't
 * reach the server itself; `certificate`: its own one was refused; `unsupported`: a proxy of another
 * kind, such as SOCKS.
 */
export const proxyProblems = [
  'unreachable',
  'asks_for_sign_in',
  'refuses',
  'no_way',
  'not_a_proxy',
  'certificate',
  'unsupported',
] as const;
export type ProxyProblem = (typeof proxyProblems)[number];

const connectionFailures = [
  /** `status`: of a gateway that answered in the server's place; null: nothing answered. */
  z.object({ code: z.literal('offline'), serverUrl: z.string(), status: z.int().nullable() }),
  /** `systemCode`: OpenSSL's or Node's, such as `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  z.object({
    code: z.literal('certificate_refused'),
    serverUrl: z.string(),
    problem: z.enum(certificateProblems),
    systemCode: z.string(),
  }),
  /** What answered does not speak TLS, or no version of it that this computer accepts. */
  z.object({ code: z.literal('tls_failed'), serverUrl: z.string(), systemCode: z.string() }),
  /** `proxy`: its host and port. `status`: what it answered; null: nothing. */
  z.object({
    code: z.literal('proxy_failed'),
    serverUrl: z.string(),
    proxy: z.string(),
    problem: z.enum(proxyProblems),
    status: z.int().nullable(),
  }),
  /** Something answered that does not speak this API. */
  z.object({ code: z.literal('not_a_server'), serverUrl: z.string(), status: z.int() }),
  /** More than `limitBytes` arrived, so the rest was not read. */
  z.object({ code: z.literal('response_too_large'), serverUrl: z.string(), limitBytes: z.int() }),
  z.object({ code: z.literal('bad_server_address'), problem: z.enum(serverAddressProblems) }),
  /** The pasted text is neither a link of a server nor the token of one. */
  coded('not_a_link'),
  /** Canceled here before the server answered. */
  coded('stopped'),
] as const;

/**
 * The server refused. `detail` is its own sentence; `errors` says which rules the request breaks,
 * `quota` (with `quota_exceeded`) what the file does not fit.
 */
const serverFailure = z.object({
  code: z.enum(problemCodes),
  detail: z.string(),
  errors: z
    .array(
      z.object({
        where: z.string(),
        // Failures that an earlier version of the application has stored lack it.
        rule: z.enum(fieldRules).default('refused'),
        limit: z.number().optional(),
      }),
    )
    .optional(),
  quota: quotaExceededSchema.optional(),
});

const sessionFailures = [
  /** Every channel that needs an account returns this while nobody is signed in. */
  coded('signed_out'),
  coded('sign_in_expired', 'sign_in_unreadable', 'library_not_opened', 'library_damaged_again'),
  coded('provider_sign_in_canceled', 'provider_sign_in_timed_out', 'browser_not_opened'),
] as const;

const fileFailures = [
  coded('disk_full', 'disk_quota_exceeded', 'disk_read_only', 'no_permission'),
  /** Found before anything was written. `reserveBytes`: what must stay free besides. */
  z.object({
    code: z.literal('not_enough_space'),
    neededBytes: z.int(),
    freeBytes: z.int(),
    reserveBytes: z.int(),
    folder: z.string(),
  }),
  coded('file_gone', 'file_changed', 'is_folder', 'not_a_file'),
  /** Any other code of the operating system, such as `EIO`. */
  z.object({ code: z.literal('file_unusable'), systemCode: z.string() }),
] as const;

const libraryFailures = [
  /**
   * `systemCode`: SQLite's or the operating system's, such as `SQLITE_FULL`. Nothing was changed.
   */
  z.object({ code: z.literal('library_not_written'), systemCode: z.string() }),
  /**
   * `library_damaged`: it is closed and rebuilt now. `change_recovered`: an operation that was found
   * in a damaged library.
   */
  coded('library_damaged', 'change_recovered'),
  z.object({ code: z.literal('read_only'), action: z.enum(['change', 'upload']) }),
  coded('project_gone', 'version_gone', 'version_trashed', 'version_not_activatable'),
] as const;

const stagingFailures = [
  coded('stage_gone', 'inspection_failed', 'not_comparable', 'thumbnail_unusable'),
  /** With the picture the bundle would be invalid, because of these findings. */
  z.object({ code: z.literal('thumbnail_rejected'), findingCodes: z.array(z.string()) }),
] as const;

const transferFailures = [
  coded('result_not_saved', 'download_damaged', 'not_downloaded', 'cancel_unconfirmed'),
] as const;

const openingFailures = [
  coded('no_such_file', 'not_a_path', 'not_a_gabinet_link'),
  /** A file of another computer, by its network address: it is not even looked at. */
  coded('network_path'),
  z.object({ code: z.literal('too_many_files'), limit: z.int() }),
] as const;

/** Between the page and the shell, in a browser. */
const shellFailures = [
  z.object({ code: z.literal('file_not_taken'), fileName: z.string(), status: z.int() }),
  z.object({ code: z.literal('file_not_read'), fileName: z.string() }),
  coded('shell_connection_lost'),
] as const;

const diagnosticsFailures = [
  /** `systemCode`: the operating system's, such as `EACCES`. */
  z.object({ code: z.literal('log_not_written'), systemCode: z.string() }),
] as const;

const watchingFailures = [
  coded('folder_gone', 'not_a_folder', 'folder_taken'),
  /** No person has chosen or confirmed the folder in this run. */
  coded('folder_not_chosen'),
] as const;

/** A bug: the log has it with its stack, which is nothing for the screen. */
const unexpectedFailure = z.object({ code: z.literal('unexpected') });

export const failureSchema = z.discriminatedUnion('code', [
  ...connectionFailures,
  serverFailure,
  ...sessionFailures,
  ...fileFailures,
  ...libraryFailures,
  ...stagingFailures,
  ...transferFailures,
  ...watchingFailures,
  ...openingFailures,
  ...diagnosticsFailures,
  ...shellFailures,
  unexpectedFailure,
]);
export type Failure = z.infer<typeof failureSchema>;
export type FailureCode = Failure['code'];

/** No answer of the server came, for one of these reasons. It may come later. */
const UNREACHED: ReadonlySet<FailureCode> = new Set(['offline', 'certificate_refused', 'tls_failed', 'proxy_failed']);

/** Whether a failure means that the server could not be reached. */
export function isUnreached(code: FailureCode): boolean {
  return UNREACHED.has(code);
}

/** The failures with this code, with their parameters. */
export type FailureOf<Code extends FailureCode, One = Failure> = One extends { readonly code: infer Own }
  ? Code extends Own
    ? Omit<One, 'code'> & { readonly code: Code }
    : never
  : never;

/**
 * The output of a channel that can fail in expected ways. Every channel that needs an account has
 * one, even if it only reads a list: while nobody is signed in it returns `signed_out`, so that a
 * call can't look like success. Only `session.*`, `settings.*`, `diagnostics.*`,
 * `watchFolders.choose` and `opening.*` (but `opening.addFiles`) work without an account.
 */
export function outcomeOf<Value extends z.ZodType>(value: Value) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), failure: failureSchema }),
  ]);
}

/** The result of a command: nothing but whether it was done. */
export const commandOutcome = outcomeOf(z.null());
