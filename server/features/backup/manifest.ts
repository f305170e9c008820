import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../../node/atomic-file.ts';
import { ifMissing } from '../../../node/error-code.ts';
import { sha256Hex } from '../../../node/sha256.ts';
import { BLOB_KEY_FORM } from '../../blobs/blob-keys.ts';
import { BackupRefusedError } from './backup-refused.ts';

/** Another number if an older program could not read it. */
export const BACKUP_FORMAT = 1;
const MANIFEST = 'manifest.json';
const CHECKSUM = 'manifest.sha256';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** A file of the backup itself. */
const partSchema = z.object({ sizeBytes: z.int().min(0), sha256: sha256Schema });

export const fileOfRowSchema = partSchema.extend({ key: z.string().regex(BLOB_KEY_FORM) });
/** A stored file as its row describes it. */
export type FileOfRow = z.infer<typeof fileOfRowSchema>;

const manifestSchema = z.object({
  format: z.int(),
  /** The version of the program that made it. */
  version: z.string(),
  installation: z.uuid(),
  takenAt: z.iso.datetime(),
  /** When each applied migration was made, oldest first. */
  schema: z.array(z.int()),
  tables: z.array(
    partSchema.extend({
      name: z.string().regex(/^[a-z0-9_]+$/),
      columns: z.array(z.string()),
      rows: z.int().min(0),
    }),
  ),
  sequences: z.array(z.object({ table: z.string(), column: z.string(), value: z.string().regex(/^\d+$/) })),
  versions: z.int().min(0),
  /** The list of stored files. */
  files: partSchema.extend({ count: z.int().min(0), totalBytes: z.int().min(0) }),
  /** Keys of stored files that were missing or damaged when the backup was made. */
  lost: z.array(z.string()),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

/** A backup with a manifest is complete, so this is written last. */
export async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  const content = `${JSON.stringify(manifest, null, 2)}\n`;
  // As `sha256sum --check` reads it.
  await writeFileAtomic(join(folder, CHECKSUM), `${sha256Hex(content)}  ${MANIFEST}\n`);
  await writeFileAtomic(join(folder, MANIFEST), content);
}

/** Throws `BackupRefusedError` if there is none, if it is damaged, or if it has a newer format. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const content = await readFile(join(folder, MANIFEST), 'utf8').catch(ifMissing(null));
  if (content === null) throw new BackupRefusedError(`${folder} is not a complete backup: it has no ${MANIFEST}.`);
  const checksum = await readFile(join(folder, CHECKSUM), 'utf8').catch(ifMissing(''));
  if (!checksum.startsWith(sha256Hex(content))) {
    throw new BackupRefusedError(`The backup is damaged: ${MANIFEST} does not match ${CHECKSUM}.`);
  }
  const json: unknown = JSON.parse(content);
  const { format } = z.looseObject({ format: z.int() }).parse(json);
  if (format > BACKUP_FORMAT) {
    throw new BackupRefusedError('The backup was made by a newer version of Gabinet. Restore it with that version.');
  }
  return manifestSchema.parse(json);
}
