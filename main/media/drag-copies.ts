import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode, ifMissing } from '../../node/error-code.ts';
import { removeFolder } from '../../node/remove.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { safeFileName } from '../../shared/domain/file-names.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { HOUR_MS } from '../../shared/lib/durations.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { fileFailure } from '../failures/file-failure.ts';
import { fileNamePlatform } from '../files/save-as.ts';
import type { BundleFile, Bundles } from './bundles.ts';
import type { Pictures } from './pictures.ts';

/** A file that the pointer drags out of the window. */
export interface DraggedFile {
  readonly path: string;
  /** Shown beside the pointer; null if there is none. */
  readonly picture: Uint8Array | null;
}

export interface DragCopiesOptions {
  readonly bundles: Pick<Bundles, 'local'>;
  readonly pictures: Pick<Pictures, 'cached'>;
  /** Each copy has its own folder in it. Only this account uses it. */
  readonly folder: string;
}

/**
 * The copies of bundles that are dragged out of the window. The cached file itself is never handed
 * out: another program could change it.
 */
export interface DragCopies {
  /** Copies the file of a version under its own name. Null if its bytes are not on this machine. */
  prepare(versionUuid: VersionUuid): Promise<Result<{ readonly dragId: string } | null, Failure>>;
  /** Returns a prepared copy, or null if there is none, or no longer. */
  find(dragId: string): Promise<DraggedFile | null>;
  /** Whether a path is one of the copies: one that is dropped on the window it came from. */
  owns(path: string): boolean;
}

/** A program that a file was dropped on may read it later. */
const MAX_AGE_MS = HOUR_MS;
/** At most 1 GB of copies, if all are of the largest size. */
const MAX_COPIES = 20;

export function createDragCopies(options: DragCopiesOptions): DragCopies {
  return new AccountDragCopies(options);
}

class AccountDragCopies implements DragCopies {
  readonly #options: DragCopiesOptions;
  readonly #prepared = new Map<string, { readonly path: string; readonly versionUuid: VersionUuid }>();

  constructor(options: DragCopiesOptions) {
    this.#options = options;
  }

  async prepare(versionUuid: VersionUuid): Promise<Result<{ readonly dragId: string } | null, Failure>> {
    const file = await this.#options.bundles.local({ kind: 'version', versionUuid });
    if (!file.ok) return file;
    if (file.value === null) return ok(null);
    try {
      await this.#sweep();
      return ok(await this.#copy(file.value, versionUuid));
    } catch (error) {
      const failure = fileFailure(error);
      if (failure === null) throw error;
      return fail(failure);
    }
  }

  async find(dragId: string): Promise<DraggedFile | null> {
    const prepared = this.#prepared.get(dragId);
    if (prepared === undefined || (await stat(prepared.path).catch(ifMissing(null))) === null) return null;
    return { path: prepared.path, picture: await this.#options.pictures.cached(prepared.versionUuid) };
  }

  owns(path: string): boolean {
    return [...this.#prepared.values()].some((prepared) => prepared.path === path);
  }

  async #copy(file: BundleFile, versionUuid: VersionUuid): Promise<{ readonly dragId: string } | null> {
    const dragId = randomUUID();
    const folder = join(this.#options.folder, dragId);
    const path = join(folder, safeFileName(file.fileName, fileNamePlatform()));
    await mkdir(folder, { recursive: true });
    try {
      // Takes no time and no space where the file system can share blocks.
      await copyFile(file.path, path, constants.COPYFILE_FICLONE);
    } catch (error) {
      await removeFolder(folder).catch(() => undefined);
      // It has just been evicted from the cache.
      if (hasErrorCode(error, 'ENOENT')) return null;
      throw error;
    }
    this.#prepared.set(dragId, { path, versionUuid });
    return { dragId };
  }

  /** Makes room for one more. */
  async #sweep(): Promise<void> {
    const names = await readdir(this.#options.folder).catch(ifMissing([]));
    const copies = await Promise.all(names.map(async (name) => ({ name, madeMs: await this.#madeMs(name) })));
    const newestFirst = copies.toSorted((one, other) => other.madeMs - one.madeMs);
    const oldestMs = Date.now() - MAX_AGE_MS;
    for (const { name } of newestFirst.filter((copy, index) => index >= MAX_COPIES - 1 || copy.madeMs < oldestMs)) {
      this.#prepared.delete(name);
      // A program may still have it open. The next start of the application removes it.
      await removeFolder(join(this.#options.folder, name)).catch(() => undefined);
    }
  }

  async #madeMs(name: string): Promise<number> {
    return (await stat(join(this.#options.folder, name)).catch(ifMissing(null)))?.mtimeMs ?? 0;
  }
}
