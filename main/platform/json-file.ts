import { readJsonFile, writeFileAtomic } from '../../node/atomic-file.ts';

/** A small JSON file of the shell's own. Null if there is none or it cannot be understood (then it is moved aside). */
export function readJson<Value>(path: string, parse: (json: unknown) => Value): Promise<Value | null> {
  return readJsonFile(path, parse);
}

export function writeJson(path: string, value: unknown): Promise<void> {
  return writeFileAtomic(path, `${JSON.stringify(value)}\n`);
}
