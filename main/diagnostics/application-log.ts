import { join } from 'node:path';
import { pino } from 'pino';
import { errorCodeOf } from '../../node/error-code.ts';
import type { Log } from '../../node/log.ts';
import { openLogFile } from '../../node/log-file.ts';
import { MIB } from '../../shared/lib/sizes.ts';
import { readableEntry } from './readable-entry.ts';
import { createRedaction } from './redact.ts';

/** A month of normal use, and small enough to send by e-mail. */
const MAX_FILE_BYTES = 2 * MIB;
/** What led to a fault is still there after a bad day, and all together take no more than 10 MiB. */
const KEPT_FILES = 4;
const FILE_NAME = 'gabinet.log';

export interface LogOptions {
  /** Created if missing. */
  readonly folder: string;
  /** The user's own folder; its path is shortened in every entry. */
  readonly home: string;
  /** For the terminal that the application was started in: warnings and errors, a line of text each. */
  readonly writeLine: (line: string) => void;
}

/** Null: the file cannot be written, with the operating system's code. */
export type LogPlace = { readonly path: string } | { readonly path: null; readonly systemCode: string };

export interface ApplicationLog {
  readonly log: Log;
  readonly place: LogPlace;
}

/**
 * Opens the log of the desktop application: JSON lines of pino in a file that is set aside when it
 * is full. Entries are written at once, so that none is lost in a crash. Without a file (a read-only
 * folder) or with a full disk the application runs all the same, and the lines still go to
 * `writeLine`. Nothing secret gets into either: every text passes the redaction.
 */
export function openApplicationLog({ folder, home, writeLine }: LogOptions): ApplicationLog {
  const opened = tryOpen(join(folder, FILE_NAME));
  const logger = pino(
    {
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      nestedKey: 'details',
    },
    pino.multistream([
      ...(opened.file === null ? [] : [{ stream: opened.file }]),
      { level: 'warn', stream: { write: (line: string) => writeLine(`${readableEntry(line)}\n`) } },
    ]),
  );
  const redact = createRedaction(home);
  const entry =
    (level: 'info' | 'warn' | 'error') => (message: string, details?: Readonly<Record<string, unknown>>) => {
      const text = String(redact(message));
      if (details === undefined) logger[level](text);
      else logger[level](redact(details), text);
    };
  const log: Log = { info: entry('info'), warn: entry('warn'), error: entry('error') };
  if (opened.place.path === null) log.warn('The log file cannot be written', { folder, code: opened.place.systemCode });
  return { log, place: opened.place };
}

interface OpenedFile {
  readonly file: ReturnType<typeof openLogFile> | null;
  readonly place: LogPlace;
}

function tryOpen(path: string): OpenedFile {
  try {
    return { file: openLogFile({ path, maxBytes: MAX_FILE_BYTES, keptFiles: KEPT_FILES }), place: { path } };
  } catch (error) {
    return { file: null, place: { path: null, systemCode: errorCodeOf(error) } };
  }
}
