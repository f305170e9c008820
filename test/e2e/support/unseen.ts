import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBundle } from '../../support/bundle-builder.ts';

interface UnseenOptions {
  readonly id?: string;
  readonly version?: string;
  /** Bytes of each document, as hex digits: they do not lie on any server yet, and have to travel. */
  readonly documents: readonly Buffer[];
}

/** Hex digits that no server has seen before. */
export function unseenText(characters: number): Buffer {
  return Buffer.from(randomBytes(characters / 2).toString('hex'));
}

/** A bundle of documents, written under the avatar's name. Answers where. */
export async function writeBundle(folder: string, name: string, options: UnseenOptions): Promise<string> {
  const { documents, ...about } = options;
  const assets = documents.map((content, index) => ({
    id: `notes-${index}`,
    kind: 'document',
    format: 'txt',
    path: `docs/notes-${index}.txt`,
    content,
  }));
  const path = join(folder, `${name.toLowerCase()}.gab`);
  await writeFile(path, buildBundle({ name, ...about, assets }));
  return path;
}
