import { randomUUID } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { uuidSchema } from '../../../shared/domain/ids.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import type { ReceivedFile } from '../../staging/received-file.ts';

const MAX_FILES_OF_ONE_DROP = 10_000;
const MAX_PATH_CHARS = 32_768;
const MAX_NAME_CHARS = 1024;

const nameSchema = z.string().min(1).max(MAX_NAME_CHARS);

/**
 * What the preload sends: a file's path as the system reports it, or the bytes of a file without a
 * path.
 */
export const stageInputSchema = z.object({
  projectUuid: uuidSchema,
  files: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('path'), name: nameSchema, path: z.string().max(MAX_PATH_CHARS) }),
        z.object({ kind: z.literal('bytes'), name: nameSchema, bytes: z.instanceof(Uint8Array) }),
        z.object({ kind: z.literal('too-large'), name: nameSchema, sizeBytes: z.int().min(MAX_BUNDLE_BYTES + 1) }),
      ]),
    )
    .max(MAX_FILES_OF_ONE_DROP),
});

export type StageInput = z.output<typeof stageInputSchema>;
type StagedInputFile = StageInput['files'][number];

/**
 * Threat: a path that is not a regular file: an endless device, a pipe, a folder. The paths come
 * from the system's drop or dialog, but they are checked again here, and anything but a regular
 * file is refused. Sizes are read from disk.
 */
export async function receivedFile(file: StagedInputFile, receivedFilesDir: string): Promise<ReceivedFile> {
  if (file.kind === 'too-large') {
    return { path: null, fileName: file.name, sizeBytes: file.sizeBytes, isTemporary: false };
  }
  if (file.kind === 'path') return chosenFile(file.path, file.name);
  if (file.bytes.byteLength > MAX_BUNDLE_BYTES) throw new Error(`${file.name} is too large.`);
  const path = join(receivedFilesDir, `${randomUUID()}.part`);
  await writeFile(path, file.bytes, { flag: 'wx', mode: 0o600 });
  return { path, fileName: file.name, sizeBytes: file.bytes.byteLength, isTemporary: true };
}

async function chosenFile(path: string, fileName: string): Promise<ReceivedFile> {
  if (!isAbsolute(path) || path.includes('\0')) throw new Error(`${fileName} has no valid path on this computer.`);
  const facts = await stat(path).catch(() => null);
  if (facts === null) throw new Error(`${fileName} no longer exists.`);
  if (!facts.isFile()) throw new Error(`${fileName} is not a regular file.`);
  return { path, fileName, sizeBytes: facts.size, isTemporary: false };
}
