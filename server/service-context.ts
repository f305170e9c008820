import { join } from 'node:path';
import type { Logger } from 'pino';
import type { GabPolicy } from '../shared/gab/report.ts';
import { HOUR_MS } from '../shared/lib/durations.ts';
import { DEFAULT_QUARANTINE_DAYS } from './blobs/blob-keys.ts';
import { blobStoreIn } from './blobs/local-blob-store.ts';
import type { ServiceContext, SignInLimits } from './context.ts';
import type { DatabaseHandle } from './db/database.ts';
import { DEFAULT_SIGN_IN_LIMITS } from './features/accounts/sign-in/sign-in-limits.ts';
import { DEFAULT_STORAGE_LIMITS } from './features/storage/storage-environment.ts';
import { DEFAULT_UPLOAD_SESSION_HOURS } from './features/uploads/sessions/session-hours.ts';
import { type MailSettings, smtpMailer } from './mail/smtp-mailer.ts';
import { createRequestQueues } from './queues/request-queues.ts';

/** The settings of the services. What is absent has the default of the settings. */
export interface ContextOptions {
  /** Its tables are migrated. The caller closes it after the app. */
  readonly database: DatabaseHandle;
  /** Absolute path. */
  readonly dataDir: string;
  readonly gabPolicy: GabPolicy;
  readonly trashDays: number;
  /** How long files that no row names are kept, in days; 30 by default. */
  readonly quarantineDays?: number;
  /** How much may be stored. */
  readonly storageLimits?: ServiceContext['storageLimits'];
  /** How long an unfinished upload is kept after its last byte, in hours; 24 by default. */
  readonly uploadSessionHours?: number;
  /** Where people reach the server; by default the address that a request was sent to. */
  readonly publicUrl?: string | null;
  /** How mails are sent; by default they are not. */
  readonly mail?: MailSettings | null;
  readonly log: Logger;
  readonly signInLimits?: SignInLimits;
  /** Roles that require a second factor; none by default. */
  readonly secondFactorRoles?: ServiceContext['secondFactorRoles'];
  /** Whether local passwords sign in; true by default. */
  readonly allowsPasswords?: boolean;
}

/** What every service needs, once per process. `isDemo`: whether demo accounts may sign in. */
export function createServiceContext(
  options: ContextOptions,
  { fileWorkers, isDemo }: Pick<ServiceContext, 'fileWorkers' | 'isDemo'>,
): ServiceContext {
  const { database, dataDir, gabPolicy, trashDays, uploadSessionHours = DEFAULT_UPLOAD_SESSION_HOURS, log } = options;
  return {
    db: database.db,
    blobs: blobStoreIn(dataDir),
    fileWorkers,
    queues: createRequestQueues(),
    gabPolicy,
    storageLimits: options.storageLimits ?? DEFAULT_STORAGE_LIMITS,
    isDemo,
    secondFactorRoles: options.secondFactorRoles ?? [],
    signInLimits: options.signInLimits ?? DEFAULT_SIGN_IN_LIMITS,
    allowsPasswords: options.allowsPasswords ?? true,
    trashDays,
    quarantineDays: options.quarantineDays ?? DEFAULT_QUARANTINE_DAYS,
    uploadSessionMs: uploadSessionHours * HOUR_MS,
    incomingDir: join(dataDir, 'incoming'),
    publicUrl: options.publicUrl ?? null,
    mailer: options.mail ? smtpMailer(options.mail, log) : null,
    log,
  };
}
