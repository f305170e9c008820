import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { ifMissing } from '../../../node/error-code.ts';
import { fileListPath, findBackup, pooledPath, tablePath } from './backup-folder.ts';
import { BackupRefusedError } from './backup-refused.ts';
import { type Digest, digestOfFile, forEachParallel, isSame } from './hash-stream.ts';
import { type BackupManifest, type FileOfRow, fileOfRowSchema, readManifest } from './manifest.ts';

/** More would not help anybody. */
const NAMED_FAULTS = 10;

export interface VerifiedBackup {
  /** The folder of this backup. */
  readonly path: string;
  readonly manifest: BackupManifest;
  /** The stored files that the backup has. */
  readonly files: readonly FileOfRow[];
  /** Those that it lacks, because they were missing or damaged when it was made. */
  readonly lost: readonly FileOfRow[];
}

/**
 * Reads every byte of a backup and compares it with the manifest. Throws `BackupRefusedError` if
 * anything is missing or damaged, with the first of the faults.
 */
export async function verifyBackup(folder: string, name: string | null): Promise<VerifiedBackup> {
  const path = await findBackup(folder, name);
  const manifest = await readManifest(path);
  const faults: string[] = [];
  const expectFile = async (file: string, expected: Digest) => {
    const found = await digestOfFile(file).catch(ifMissing(null));
    if (found !== null && isSame(found, expected)) return true;
    faults.push(`${file} is ${found === null ? 'missing' : 'damaged'}`);
    return false;
  };
  await expectFile(fileListPath(path), manifest.files);
  for (const table of manifest.tables) await expectFile(tablePath(path, table.name), table);
  refuseFaults(faults);
  const all = await readFileList(path);
  const lostBefore = new Set(manifest.lost);
  const contents = new Map(all.map((file) => [file.sha256, file]));
  const absent = new Set<string>();
  await forEachParallel(contents.values(), async (file) => {
    if (!(await expectFile(pooledPath(folder, file.sha256), file))) absent.add(file.sha256);
  });
  const lost = all.filter(({ sha256 }) => absent.has(sha256));
  // Files that were lost before the backup was made do not make it a damaged one.
  refuseFaults(lost.every(({ key }) => lostBefore.has(key)) ? [] : faults);
  return { path, manifest, files: all.filter(({ sha256 }) => !absent.has(sha256)), lost };
}

function refuseFaults(faults: readonly string[]): void {
  if (faults.length === 0) return;
  const lines = faults.slice(0, NAMED_FAULTS).map((fault) => `\n  ${fault}`);
  const more = faults.length > NAMED_FAULTS ? `\n  and ${faults.length - NAMED_FAULTS} more` : '';
  throw new BackupRefusedError(`The backup is damaged. Nothing was restored.${lines.join('')}${more}`);
}

async function readFileList(path: string): Promise<FileOfRow[]> {
  const files: FileOfRow[] = [];
  for await (const line of createInterface({ input: createReadStream(fileListPath(path)) })) {
    files.push(fileOfRowSchema.parse(JSON.parse(line)));
  }
  return files;
}
