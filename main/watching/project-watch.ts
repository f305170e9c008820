import { basename } from 'node:path';
import type { Log } from '../../node/log.ts';
import type { WatchFolder } from '../../shared/contract/watch-folders.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import type { WatchFolderRow } from '../db/schema.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import type { ReceivedFile } from '../staging/received-file.ts';
import type { Staging } from '../staging/staging.ts';
import type { AutoUpload } from './auto-upload.ts';
import { FolderWatch } from './folder-watch.ts';
import type { SettledFile } from './settling.ts';
import type { WatchTimes } from './watch-times.ts';
import { watchedMemory } from './watched-memory.ts';

export interface ProjectWatchOptions {
  readonly database: LocalDatabase;
  readonly staging: Staging;
  readonly autoUpload: AutoUpload;
  readonly fileWorkers: Pick<FileWorkers, 'measure'>;
  readonly times: WatchTimes;
  readonly log: Log;
  readonly row: WatchFolderRow;
  onChange(): void;
}

/** The watched folder of one project. */
export interface ProjectWatch {
  state(): Pick<WatchFolder, 'state' | 'failure'>;
  /** Call when there may be room for more files. */
  nudge(): void;
  stop(): Promise<void>;
}

export function watchProject(options: ProjectWatchOptions): ProjectWatch {
  const intake = new Intake(options);
  const { row, times, log } = options;
  const folder = new FolderWatch({
    path: row.path,
    times,
    needsHandling: (file) => intake.needsHandling(file),
    onComplete: (file) => intake.add(file),
    onStuck: (file) => {
      intake.setAside(file);
      log.warn('A watched file is incomplete and no longer changes', { path: file.path });
    },
    onChange: () => options.onChange(),
  });
  return {
    state: () => folder.state(),
    nudge: () => intake.processNext(),
    stop: async () => {
      await folder.stop();
      await intake.stop();
    },
  };
}

/**
 * Processes complete files one after the other: files that the project has are remembered, the
 * others are staged or sent.
 */
class Intake {
  readonly #options: ProjectWatchOptions;
  readonly #memory: ReturnType<typeof watchedMemory>;
  /** By path, each file as it was last seen. */
  readonly #waiting = new Map<string, SettledFile>();
  /** By path. One run of the application does not process the same file twice. */
  readonly #handled = new Map<string, Handled>();
  #working: Promise<void> | null = null;
  #isStopped = false;

  constructor(options: ProjectWatchOptions) {
    this.#options = options;
    this.#memory = watchedMemory(options.database, options.row.projectUuid);
    if (options.row.mode === 'offer') this.#noteStaged();
  }

  /** The upload sheet may have files of an earlier run. */
  #noteStaged(): void {
    const { staging, row } = this.#options;
    for (const [path, { stageId, origin }] of staging.watched(row.projectUuid)) {
      this.#handled.set(path, { file: origin, stageId });
    }
  }

  needsHandling(file: SettledFile): boolean {
    const seen = this.#waiting.get(file.path) ?? this.#handled.get(file.path)?.file;
    return !isSame(seen, file) && !this.#memory.isRemembered(file);
  }

  add(file: SettledFile): void {
    this.#waiting.set(file.path, file);
    this.processNext();
  }

  setAside(file: SettledFile): void {
    this.#handled.set(file.path, { file, stageId: null });
  }

  processNext(): void {
    if (this.#isStopped || this.#working !== null || this.#waiting.size === 0) return;
    this.#working = this.#work()
      .catch((error: unknown) => this.#options.log.error('Could not process watched files', { error: String(error) }))
      .finally(() => {
        this.#working = null;
      });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#working;
  }

  async #work(): Promise<void> {
    const { row, autoUpload } = this.#options;
    for (const [path, file] of this.#waiting) {
      if (this.#isStopped || (row.mode === 'upload' && !autoUpload.hasRoom())) return;
      await this.#take(file);
      if (this.#waiting.get(path) === file) this.#waiting.delete(path);
    }
  }

  async #take(file: SettledFile): Promise<void> {
    const { fileWorkers, row, staging, autoUpload } = this.#options;
    const measured = await fileWorkers.measure({ path: file.path });
    if (this.#isStopped) return;
    // Deleted or locked in the meantime. It is seen again when it changes, or when the folder is
    // listed.
    if (!measured.ok) return;
    const earlier = this.#handled.get(file.path);
    this.setAside(file);
    if (this.#memory.isStoredOrQueued(file, measured.value.sha256)) return;
    const received = receivedFrom(file);
    if (row.mode === 'upload') {
      return autoUpload.take(row.projectUuid, received, () => void this.#handled.delete(file.path));
    }
    // The file was saved again: the earlier staged file no longer exists.
    const earlierId = earlier?.stageId ?? null;
    const choice = earlierId === null ? null : staging.choiceOf(earlierId);
    if (earlierId !== null) await staging.discard([earlierId]);
    const [stageId = null] = await staging.stage(row.projectUuid, [received]);
    if (stageId !== null && choice !== null) staging.choose(stageId, choice);
    this.#handled.set(file.path, { file, stageId });
  }
}

interface Handled {
  readonly file: SettledFile;
  /** Its id in the upload sheet. */
  readonly stageId: string | null;
}

function isSame(seen: SettledFile | undefined, file: SettledFile): boolean {
  return seen?.sizeBytes === file.sizeBytes && seen.modifiedAtMs === file.modifiedAtMs;
}

function receivedFrom(file: SettledFile): ReceivedFile {
  const { path, sizeBytes, modifiedAtMs } = file;
  return { path, fileName: basename(path), sizeBytes, isTemporary: false, modifiedAtMs, watched: file };
}
