import type { Failure } from '../../shared/contract/failure.ts';
import type { WatchFolder } from '../../shared/contract/watch-folders.ts';
import { fileFailure } from '../failures/file-failure.ts';
import {
  type FolderWatcher,
  folderIdentity,
  hasValidEnd,
  listBundles,
  readFileFacts,
  watchFolder,
} from './folder-watcher.ts';
import { type SettledFile, Settling } from './settling.ts';
import type { WatchTimes } from './watch-times.ts';

export interface FolderWatchOptions {
  readonly path: string;
  readonly times: WatchTimes;
  needsHandling(file: SettledFile): boolean;
  onComplete(file: SettledFile): void;
  onStuck(file: SettledFile): void;
  onChange(): void;
}

/** Watches one folder, and waits for it while it does not exist. */
export class FolderWatch {
  readonly #options: FolderWatchOptions;
  readonly #settling: Settling;
  #state: Pick<WatchFolder, 'state' | 'failure'> = { state: 'starting', failure: null };
  #watcher: FolderWatcher | null = null;
  #identity: string | null = null;
  #listedAtMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;
  #checking: Promise<void>;

  constructor(options: FolderWatchOptions) {
    this.#options = options;
    const { stableMs, stuckMs } = options.times;
    this.#settling = new Settling({ ...options, stableMs, stuckMs, look: readFileFacts, hasValidEnd });
    this.#checking = this.#check();
  }

  state(): Pick<WatchFolder, 'state' | 'failure'> {
    return this.#state;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#checking;
    await this.#settling.stop();
    await this.#unwatch();
  }

  /** Watches the folder again if it was replaced. Repeats this check after a while. */
  async #check(): Promise<void> {
    try {
      const identity = await folderIdentity(this.#options.path);
      if (identity === null) await this.#fail({ code: 'folder_gone' });
      else if (identity !== this.#identity) await this.#watch(identity);
      else await this.#list();
    } catch (error) {
      await this.#fail(fileFailure(error) ?? { code: 'folder_gone' });
    }
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#checking = this.#check();
    }, this.#options.times.checkMs);
  }

  async #watch(identity: string): Promise<void> {
    await this.#unwatch();
    // Listed before it is watched, so that a folder that cannot be read is reported at once.
    await this.#list();
    if (this.#isStopped) return;
    this.#identity = identity;
    this.#watcher = watchFolder(this.#options.path, {
      changed: (path) => this.#settling.changed(path),
      ready: () => this.#enter({ state: 'watching', failure: null }),
      failed: (error) => void this.#fail(fileFailure(error) ?? { code: 'folder_gone' }),
    });
  }

  /**
   * Network drives and full event queues lose events, so the whole folder is listed from time to
   * time.
   */
  async #list(): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#listedAtMs < this.#options.times.listMs) return;
    const paths = await listBundles(this.#options.path);
    this.#listedAtMs = nowMs;
    for (const path of paths) this.#settling.changed(path);
  }

  async #fail(failure: Failure): Promise<void> {
    this.#enter({ state: 'failed', failure });
    await this.#unwatch();
  }

  async #unwatch(): Promise<void> {
    const watcher = this.#watcher;
    this.#watcher = null;
    this.#identity = null;
    this.#listedAtMs = Number.NEGATIVE_INFINITY;
    await watcher?.close();
  }

  #enter(state: Pick<WatchFolder, 'state' | 'failure'>): void {
    const isSame = this.#state.state === state.state && this.#state.failure?.code === state.failure?.code;
    if (isSame || this.#isStopped) return;
    this.#state = state;
    this.#options.onChange();
  }
}
