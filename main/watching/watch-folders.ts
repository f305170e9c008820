import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { isMissing } from '../../node/error-code.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { WatchFolder } from '../../shared/contract/watch-folders.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { MayDo } from '../db/may-do.ts';
import type { WatchFolderRow } from '../db/schema.ts';
import { fileFailure } from '../failures/file-failure.ts';
import { type Throttled, throttle } from '../timing/throttle.ts';
import { type ProjectWatch, type ProjectWatchOptions, watchProject } from './project-watch.ts';
import { isSameFolder } from './watched-memory.ts';

export interface WatchFoldersOptions extends Omit<ProjectWatchOptions, 'row' | 'onChange'> {
  readonly mayDo: MayDo;
  onChange(folders: WatchFolder[]): void;
}

const CHANGE_INTERVAL_MS = 150;

/** The watch folders of this account. Other accounts on this machine have their own. */
export class WatchFolders {
  readonly #options: WatchFoldersOptions;
  readonly #watches = new Map<string, ProjectWatch>();
  readonly #changed: Throttled;
  #isRunning = false;

  constructor(options: WatchFoldersOptions) {
    this.#options = options;
    this.#changed = throttle(() => options.onChange(this.list()), CHANGE_INTERVAL_MS);
  }

  start(): void {
    this.#isRunning = true;
    for (const row of this.#options.database.read.watchFolders.all()) this.#begin(row);
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    await Promise.all([...this.#watches.values()].map((watch) => watch.stop()));
    this.#watches.clear();
    await this.#options.autoUpload.stop();
    this.#changed.stop();
  }

  list(): WatchFolder[] {
    return this.#options.database.read.watchFolders.all().map((row) => this.#viewOf(row));
  }

  /** Null if no folder is watched for the project. */
  pathOf(projectUuid: string): string | null {
    return this.#options.database.read.watchFolders.find(projectUuid)?.path ?? null;
  }

  /** Failures: `read_only`, `project_gone`, `not_a_folder`, `folder_taken`, and those of files. */
  async set(wanted: WatchFolderRow): Promise<Result<WatchFolder, Failure>> {
    const { database } = this.#options;
    if (!this.#options.mayDo('upload', wanted.projectUuid)) return fail({ code: 'read_only', action: 'upload' });
    if (database.read.projects.find(wanted.projectUuid) === null) return fail({ code: 'project_gone' });
    const path = await findFolder(wanted.path);
    if (!path.ok) return path;
    if (await this.#isTaken(wanted.projectUuid, path.value)) return fail({ code: 'folder_taken' });
    await this.#end(wanted.projectUuid);
    const row = { ...wanted, path: path.value };
    const before = database.read.watchFolders.find(row.projectUuid);
    const written = database.tryWrite((writers) => {
      if (before?.path !== row.path) writers.watchFolders.forgetFiles(row.projectUuid);
      writers.watchFolders.upsert(row);
    });
    // On failure the folder from before is watched again.
    const watched = written.ok ? row : before;
    if (this.#isRunning && watched !== null) this.#begin(watched);
    this.#changed.request();
    return written.ok ? ok(this.#viewOf(row)) : written;
  }

  /** Deletes nothing in the folder. Uploads that have started continue. */
  async remove(projectUuid: string): Promise<Result<null, Failure>> {
    const { database } = this.#options;
    const row = database.read.watchFolders.find(projectUuid);
    await this.#end(projectUuid);
    const removed = database.tryWrite((writers) => writers.watchFolders.remove(projectUuid));
    if (!removed.ok && this.#isRunning && row !== null) this.#begin(row);
    this.#changed.request();
    return removed.ok ? ok(null) : removed;
  }

  /** Call when an upload has ended: files that waited for room continue. */
  nudge(): void {
    for (const watch of this.#watches.values()) watch.nudge();
  }

  /** Call when the library changed: files that are being inspected may get another suggestion. */
  refresh(projectUuids: readonly string[]): void {
    this.#options.autoUpload.refresh(projectUuids);
  }

  #begin(row: WatchFolderRow): void {
    this.#watches.set(
      row.projectUuid,
      watchProject({ ...this.#options, row, onChange: () => this.#changed.request() }),
    );
  }

  async #end(projectUuid: string): Promise<void> {
    const watch = this.#watches.get(projectUuid);
    this.#watches.delete(projectUuid);
    await watch?.stop();
  }

  async #isTaken(projectUuid: string, path: string): Promise<boolean> {
    const others = this.#options.database.read.watchFolders.all().filter((row) => row.projectUuid !== projectUuid);
    const same = await Promise.all(others.map((row) => isSameFolder(row.path, path)));
    return same.includes(true);
  }

  #viewOf(row: WatchFolderRow): WatchFolder {
    const state = this.#watches.get(row.projectUuid)?.state() ?? { state: 'starting', failure: null };
    return { ...row, ...state };
  }
}

/** Resolves links to the folder itself. */
async function findFolder(path: string): Promise<Result<string, Failure>> {
  if (!isAbsolute(path)) return fail({ code: 'not_a_folder' });
  try {
    const found = await realpath(resolve(path));
    return (await stat(found)).isDirectory() ? ok(found) : fail({ code: 'not_a_folder' });
  } catch (error) {
    if (isMissing(error)) return fail({ code: 'not_a_folder' });
    const failure = fileFailure(error);
    if (failure === null) throw error;
    return fail(failure);
  }
}
