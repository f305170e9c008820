import { closeSync, fstatSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { MINUTE_MS } from '../shared/lib/durations.ts';
import { ifMissing } from './error-code.ts';
import { renameFileSync } from './rename.ts';

export interface LogFileOptions {
  /** Earlier files are `path.1`, `path.2` and so on, the newest first. */
  readonly path: string;
  /** A file that would become larger is set aside. An entry that is longer has its own file. */
  readonly maxBytes: number;
  /** How many earlier files are kept. */
  readonly keptFiles: number;
}

/** Only the server's own account may read who did what. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
/** Renaming is tried again after this; until then a file grows over its limit. */
const ROTATION_RETRY_MS = MINUTE_MS;
/** A full disk must not fill the terminal, too. */
const COMPLAINT_MS = MINUTE_MS;

/**
 * A destination for pino: a file that is set aside when it is full. Entries are written at once, so
 * that none is lost in a crash. Throws the operating system's error if the file cannot be opened;
 * later errors are reported on stderr. A file that cannot be set aside is continued; an entry that
 * cannot be written is lost.
 */
export function openLogFile(options: LogFileOptions): { write(entry: string): void } {
  mkdirSync(dirname(options.path), { recursive: true, mode: FOLDER_MODE });
  let file = openFile(options.path);
  let complainedAtMs = Number.NEGATIVE_INFINITY;
  let rotateFromMs = Number.NEGATIVE_INFINITY;
  const complain = (message: string, error: unknown) => {
    const nowMs = performance.now();
    if (nowMs - complainedAtMs < COMPLAINT_MS) return;
    complainedAtMs = nowMs;
    process.stderr.write(`${message}: ${String(error)}\n`);
  };
  const rotate = () => {
    try {
      setAside(options);
      // If no new file can be opened, this one continues under its new name.
      const { descriptor } = file;
      file = openFile(options.path);
      closeSync(descriptor);
    } catch (error) {
      rotateFromMs = performance.now() + ROTATION_RETRY_MS;
      complain('The log file is full and cannot be set aside', error);
    }
  };
  const writeEntry = (entry: string) => {
    const sizeBytes = Buffer.byteLength(entry);
    const isFull = file.sizeBytes > 0 && file.sizeBytes + sizeBytes > options.maxBytes;
    if (isFull && performance.now() >= rotateFromMs) rotate();
    writeSync(file.descriptor, entry);
    file.sizeBytes += sizeBytes;
  };
  return {
    write(entry) {
      try {
        writeEntry(entry);
      } catch (error) {
        complain('The log file cannot be written', error);
      }
    },
  };
}

function openFile(path: string): { readonly descriptor: number; sizeBytes: number } {
  const descriptor = openSync(path, 'a', FILE_MODE);
  return { descriptor, sizeBytes: fstatSync(descriptor).size };
}

/** Each file takes the place of the next older one; the oldest is replaced. */
function setAside({ path, keptFiles }: LogFileOptions): void {
  for (let number = keptFiles; number > 0; number -= 1) {
    moveIfThere(number === 1 ? path : `${path}.${number - 1}`, `${path}.${number}`);
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    // The thread must not wait; the next entry tries again.
    renameFileSync(from, to, { delaysMs: [] });
  } catch (error) {
    ifMissing(undefined)(error);
  }
}
