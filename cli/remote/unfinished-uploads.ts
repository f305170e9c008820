import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../../node/json-file.ts';
import { makePrivateFolder } from '../../node/private-folder.ts';
import { removeFile } from '../../node/remove.ts';
import { sha256Hex } from '../../node/sha256.ts';
import { uuidSchema } from '../../shared/domain/ids.ts';
import { configFolder, type Environment } from './login-file.ts';

const noteSchema = z.object({ uploadUuid: uuidSchema });

/** The ID of an upload, which continues it after the process has ended. */
export interface UnfinishedUpload {
  readonly uploadUuid: string;
  /** The server has stored or refused the file: the next upload of it is another one. */
  forget(): Promise<void>;
}

/**
 * The upload of the same file to the same place that was not finished, or a new one. `identity` is
 * everything that makes two uploads the same. It is on disk before the first byte is sent.
 */
export async function findUnfinished(environment: Environment, identity: object): Promise<UnfinishedUpload> {
  const folder = join(configFolder(environment), 'uploads');
  await makePrivateFolder(configFolder(environment));
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${sha256Hex(JSON.stringify(identity))}.json`);
  const note = await readJsonFile(path, (json) => noteSchema.parse(json));
  const uploadUuid = note?.uploadUuid ?? randomUUID();
  if (note === null) await writeJsonFile(path, { uploadUuid });
  return { uploadUuid, forget: () => removeFile(path) };
}
