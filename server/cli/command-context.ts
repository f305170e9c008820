import type { z } from 'zod';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { StorageLimits } from '../context.ts';
import type { Database } from '../db/database.ts';
import { PROBLEM_TABLE } from '../failures/problem-table.ts';
import type { ServiceFailure, ServiceResult } from '../failures/service-failure.ts';

/** The database and the stored files of an installation. */
export interface InstallationAccess {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly blobs: BlobStore;
  /** Absolute path. */
  readonly dataDir: string;
  readonly quarantineDays: number;
}

export type TargetAccess = Pick<InstallationAccess, 'databaseUrl' | 'blobs'>;

/** What the commands use of their surroundings. */
export interface CommandSurroundings {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** The first line of the standard input; null at a terminal, where a password is generated. */
  readonly readLine: () => Promise<string | null>;
  /** The quotas of the settings. */
  readonly storageLimits: StorageLimits;
  /** Does some work on the database of the installation. Refused if there is none. */
  readonly withDatabase: <Value>(work: (db: Database) => Promise<Value>) => Promise<Value>;
  /** The same, but an installation begins if there is none yet. */
  readonly withFirstDatabase: <Value>(work: (db: Database) => Promise<Value>) => Promise<Value>;
  /** Does some work on its database and its stored files. Refused if there is none. */
  readonly withInstallation: <Value>(work: (parts: InstallationAccess) => Promise<Value>) => Promise<Value>;
  /** Does some work on a database and a data folder that no server uses, without migrating. */
  readonly withEmptyTarget: <Value>(work: (target: TargetAccess) => Promise<Value>) => Promise<Value>;
}

/** Wrong usage. The message is shown; nothing was changed. */
export class UsageMistake extends Error {
  override readonly name = 'UsageMistake';
}

/** The operation was refused. The message is shown; nothing was changed. */
export class RefusedCommand extends Error {
  override readonly name = 'RefusedCommand';
}

/** The command did its work and found something wrong. */
export class FaultsFound extends Error {
  override readonly name = 'FaultsFound';
}

/** Throws `RefusedCommand` for a failure. */
export async function mustSucceed<Value>(result: ServiceResult<Value>): Promise<Value> {
  const done = await result;
  if (!done.ok) throw new RefusedCommand(sentenceOf(done.failure));
  return done.value;
}

const sentenceOf = ({ code, detail, hint }: ServiceFailure) => `${detail} ${hint ?? PROBLEM_TABLE[code].hint}`;

/** The value of an option as the schema accepts it. Throws `UsageMistake` otherwise. */
export function optionValue<Value>(schema: z.ZodType<Value>, option: string, text: string): Value {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new UsageMistake(`--${option} ${parsed.error.issues[0]?.message ?? 'is not valid'}`);
}
