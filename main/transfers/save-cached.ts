import { copyFile, mkdir } from 'node:fs/promises';
import { syncFile } from '../../node/atomic-file.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { VersionRow } from '../db/schema.ts';
import { fileFailure } from '../failures/file-failure.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import { findLackOfSpace } from '../files/free-space.ts';
import type { PartialFiles } from '../files/partial-files.ts';
import { saveAs } from '../files/save-as.ts';
import type { Bundles } from '../media/bundles.ts';

export interface SaveCachedOptions {
  readonly bundles: Pick<Bundles, 'local'>;
  readonly fileWorkers: Pick<FileWorkers, 'measure'>;
  /** In the folder of the finished downloads. */
  readonly partials: PartialFiles;
}

/** Returns the path of the saved file, or null if the version must come from the server. */
export type SaveCached = (id: string, version: VersionRow) => Promise<Result<string | null, Failure>>;

/**
 * Saves a version whose bytes are on this machine already, such as those of a project that is kept
 * offline, so that it needs no server. Copies that are not the uploaded bytes are not saved.
 */
export function createSaveCached(options: SaveCachedOptions): SaveCached {
  return async (id, version) => {
    const local = await options.bundles.local({ kind: 'version', versionUuid: version.uuid });
    if (!local.ok) return local;
    if (local.value === null) return ok(null);
    try {
      return await copyAndSave(options, { id, version, from: local.value.path });
    } catch (error) {
      await options.partials.remove(id).catch(() => undefined);
      const failure = fileFailure(error);
      if (failure === null) throw error;
      return fail(failure);
    }
  };
}

interface Copy {
  readonly id: string;
  readonly version: VersionRow;
  readonly from: string;
}

async function copyAndSave(
  { partials, fileWorkers }: SaveCachedOptions,
  { id, version, from }: Copy,
): Promise<Result<string | null, Failure>> {
  const lack = await findLackOfSpace({ folder: partials.folder, neededBytes: version.sizeBytes });
  if (lack !== null) return fail(lack);
  await mkdir(partials.folder, { recursive: true });
  const path = partials.path(id);
  await copyFile(from, path);
  const measured = await fileWorkers.measure({ path });
  if (!measured.ok || measured.value.sha256 !== version.sha256) {
    await partials.remove(id);
    return measured.ok ? ok(null) : measured;
  }
  await syncFile(path);
  return ok(await saveAs(path, partials.folder, version.fileName));
}
