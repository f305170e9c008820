import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from './atomic-file.ts';
import { ifMissing } from './error-code.ts';
import { renameFile } from './rename.ts';

/**
 * Reads a JSON file through `parse`, which throws for content it does not know. Null if there is no
 * file. A file that does not parse is moved aside for a person to look at, never deleted, and also
 * gives null.
 */
export async function readJsonFile<Value>(path: string, parse: (json: unknown) => Value): Promise<Value | null> {
  const text = await readFile(path, 'utf8').catch(ifMissing(null));
  if (text === null) return null;
  try {
    return parse(JSON.parse(text));
  } catch {
    await renameFile(path, `${path}.unreadable-${timeForFileName()}`);
    return null;
  }
}

/** Writes a value as one line of JSON, atomically, readable by this account only. */
export function writeJsonFile(path: string, value: unknown): Promise<void> {
  return writeFileAtomic(path, `${JSON.stringify(value)}\n`);
}

/** The time now in UTC, in a form that every file system takes as a name and that sorts by time. */
export function timeForFileName(): string {
  return new Date().toISOString().replaceAll(':', '-');
}
