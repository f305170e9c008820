import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isMissing } from '../../node/error-code.ts';
import { KIB } from '../../shared/lib/sizes.ts';

/** The end of a file that is read: far more than 200 entries of a usual length. */
const READ_BYTES = 512 * KIB;

/**
 * Returns the last lines of the log, oldest first; if the file has just been set aside, those of the
 * file before, too. Empty if there is none yet. Throws the operating system's error.
 */
export function readLogTail(path: string, maxLines: number): readonly string[] {
  const lines = lastLines(path, maxLines);
  if (lines.length >= maxLines) return lines;
  return [...lastLines(`${path}.1`, maxLines - lines.length), ...lines];
}

function lastLines(path: string, maxLines: number): readonly string[] {
  const { text, isWhole } = readEnd(path);
  const lines = text.split('\n').filter((line) => line !== '');
  // The first one starts somewhere in the middle.
  return (isWhole ? lines : lines.slice(1)).slice(-maxLines);
}

function readEnd(path: string): { readonly text: string; readonly isWhole: boolean } {
  const descriptor = openIfThere(path);
  if (descriptor === null) return { text: '', isWhole: true };
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, READ_BYTES));
    const read = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    return { text: bytes.toString('utf8', 0, read), isWhole: size <= READ_BYTES };
  } finally {
    closeSync(descriptor);
  }
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
