import { resolve } from 'node:path';
import { z } from 'zod';
import type { LogFileOptions } from '../node/log-file.ts';
import { MIB } from '../shared/lib/sizes.ts';
import { wholeNumber } from './whole-number.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const DEFAULT_FILE_MIB = 20;
const DEFAULT_KEPT_FILES = 5;

export const logEnvironment = {
  LOG_LEVEL: z.enum(logLevels, `must be one of: ${logLevels.join(', ')}`).default('info'),
  LOG_FILE: z.string().optional(),
  LOG_FILE_MIB: wholeNumber({ unit: 'MiB', from: 1, to: 10_000 }).default(DEFAULT_FILE_MIB),
  LOG_FILES_KEPT: wholeNumber({ unit: 'files', from: 1, to: 1000 }).default(DEFAULT_KEPT_FILES),
};

export interface LogSettings {
  readonly logLevel: string;
  /** Null: stderr. */
  readonly logFile: LogFileOptions | null;
}

interface LogValues {
  readonly LOG_LEVEL: string;
  readonly LOG_FILE?: string | undefined;
  readonly LOG_FILE_MIB: number;
  readonly LOG_FILES_KEPT: number;
}

/** A relative path is below `workingDir`. */
export function logSettingsFrom(values: LogValues, workingDir: string): LogSettings {
  const { LOG_LEVEL: logLevel, LOG_FILE: path, LOG_FILE_MIB: mib, LOG_FILES_KEPT: keptFiles } = values;
  const logFile = path === undefined ? null : { path: resolve(workingDir, path), maxBytes: mib * MIB, keptFiles };
  return { logLevel, logFile };
}
