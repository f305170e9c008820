import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBundle } from '../../support/bundle-builder.ts';

interface UnseenOptions {
  readonly id?: string;
  readonly version?: string;
  /** Content of each document, as hex digits. No server has it yet, so it must be uploaded. */
  readonly documents: readonly Buffer[];
}

/** Random hex digits, which no server has yet. */
export function unseenText(characters: number): Buffer {
  return Buffer.from(randomBytes(characters / 2).toString('hex'));
}

/** Writes a bundle of documents, named after the avatar. Returns its path. */
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
