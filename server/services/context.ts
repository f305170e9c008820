import type { Logger } from 'pino';
import type { GabPolicy } from '../../shared/gab/report.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Database } from '../db/database.ts';
import type { ChangeEvents } from './change-events/change-events.ts';
import type { Assembler } from './upload-sessions/assemble-tasks.ts';
import type { BundleInspector } from './uploads/upload-inspection.ts';

/** What every service needs; made once per process by `server/app.ts`. */
export interface ServiceContext {
  readonly db: Database;
  readonly blobs: BlobStore;
  readonly inspector: BundleInspector;
  readonly assembler: Assembler;
  readonly changeEvents: ChangeEvents;
  readonly gabPolicy: GabPolicy;
  /** Days that deleted avatars stay in the trash. */
  readonly trashDays: number;
  /** An unfinished upload that nothing was heard of for so long is over: the client asks anew. */
  readonly uploadSessionMs: number;
  /** Folder for files that are still being received. Same file system as a local blob store. */
  readonly incomingDir: string;
  readonly log: Logger;
}
