import { randomUUID } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../../../shared/contract/failure.ts';
import { uuidSchema } from '../../../shared/domain/ids.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { fileFailure } from '../../failures/file-failure.ts';
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
        z.object({
          kind: z.literal('bytes'),
          name: nameSchema,
          bytes: z.instanceof(Uint8Array),
          modifiedAtMs: z.number().optional(),
        }),
        z.object({ kind: z.literal('unreadable'), name: nameSchema }),
        z.object({ kind: z.literal('too-large'), name: nameSchema, sizeBytes: z.int().min(MAX_BUNDLE_BYTES + 1) }),
      ]),
    )
    .max(MAX_FILES_OF_ONE_DROP),
});

export type StageInput = z.output<typeof stageInputSchema>;
type StagedInputFile = StageInput['files'][number];

/**
 * Threat: a path that is not a regular file: an endless device, a pipe, a folder; a path of another
 * file than the one whose name is shown. The paths come from the system's drop or dialog, but they
 * are checked again here. Sizes are read from disk.
 */
export async function receivedFile(file: StagedInputFile, receivedFilesDir: string): Promise<ReceivedFile> {
  if (file.kind === 'too-large') {
    return { path: null, fileName: file.name, sizeBytes: file.sizeBytes, isTemporary: false };
  }
  if (file.kind === 'unreadable') return refusedFile(file.name, { code: 'file_gone' });
  if (file.kind === 'path') return chosenFile(file.path, file.name);
  if (file.bytes.byteLength > MAX_BUNDLE_BYTES) throw new Error('Bytes above the limit were sent');
  const path = join(receivedFilesDir, `${randomUUID()}.part`);
  try {
    await writeFile(path, file.bytes, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    return refusedFor(file.name, error);
  }
  const { name: fileName, modifiedAtMs } = file;
  return { path, fileName, sizeBytes: file.bytes.byteLength, isTemporary: true, modifiedAtMs };
}

async function chosenFile(path: string, fileName: string): Promise<ReceivedFile> {
  if (!isAbsolute(path) || path.includes('\0') || !isSameName(basename(path), fileName)) {
    return refusedFile(fileName, { code: 'not_a_file' });
  }
  try {
    const facts = await stat(path);
    if (!facts.isFile()) return refusedFile(fileName, { code: 'not_a_file' });
    return { path, fileName, sizeBytes: facts.size, isTemporary: false, modifiedAtMs: facts.mtimeMs };
  } catch (error) {
    return refusedFor(fileName, error);
  }
}

/** Systems keep the same name with composed or decomposed accents. */
function isSameName(one: string, other: string): boolean {
  return one.normalize() === other.normalize();
}

function refusedFor(fileName: string, error: unknown): ReceivedFile {
  const failure = fileFailure(error);
  if (failure === null) throw error;
  return refusedFile(fileName, failure);
}

function refusedFile(fileName: string, failure: Failure): ReceivedFile {
  return { path: null, fileName, sizeBytes: 0, isTemporary: false, failure };
}
