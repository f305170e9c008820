import type { Logger } from 'pino';
import type { CustomerRole } from '../shared/domain/access-policy.ts';
import type { GabPolicy } from '../shared/gab/report.ts';
import type { BlobStore } from './blobs/blob-store.ts';
import type { Database } from './db/database.ts';
import type { FileWorkers } from './files/file-workers.ts';
import type { Mailer } from './mail/smtp-mailer.ts';
import type { RequestQueues } from './queues/request-queues.ts';

/** How often somebody may try to sign in. */
export interface SignInLimits {
  /** Failed attempts for one account before each further one has to wait. */
  readonly perAccount: number;
  /** Attempts per minute from one network, whatever they are for. */
  readonly perAddress: number;
}

/** How much may be stored, in bytes; null: no limit. */
export interface StorageLimits {
  /** For customers and projects that were given no other quota. */
  readonly customerBytes: number | null;
  readonly projectBytes: number | null;
  /** What one user may upload, wherever that is. */
  readonly userBytes: number | null;
  /** What stays free on the disk. */
  readonly diskReserveBytes: number;
}

/** What every service needs; built once per process in `server/service-context.ts`. */
export interface ServiceContext {
  readonly db: Database;
  readonly blobs: BlobStore;
  readonly fileWorkers: FileWorkers;
  /** Requests that take long run a few at a time, and every customer gets its turn. */
  readonly queues: RequestQueues;
  readonly gabPolicy: GabPolicy;
  readonly storageLimits: StorageLimits;
  /** Whether demo accounts, whose password is public, may sign in. */
  readonly isDemo: boolean;
  readonly signInLimits: SignInLimits;
  /** Whether local passwords sign in; otherwise only the identity provider does. */
  readonly allowsPasswords: boolean;
  /** Roles that require a second factor. */
  readonly secondFactorRoles: readonly ('admin' | CustomerRole)[];
  /** How long versions stay in the trash, in days. */
  readonly trashDays: number;
  /** How long files that no row names are kept before they are removed, in days. */
  readonly quarantineDays: number;
  /**
   * An open upload expires when no byte has arrived for this long; the client then announces it
   * again.
   */
  readonly uploadSessionMs: number;
  /**
   * Folder for files that are still being received, on the same file system as a local blob store.
   */
  readonly incomingDir: string;
  /** Where people reach the server, without a slash at the end; null if no setting says so. */
  readonly publicUrl: string | null;
  /** Null if the server has no mail server: links are then passed on by people. */
  readonly mailer: Mailer | null;
  readonly log: Logger;
}
