import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../node/log.ts';
import { removeFile } from '../../node/remove.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { StagedFile, UploadChoice } from '../../shared/contract/transfers.ts';
import type { GabPolicy } from '../../shared/gab/report.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { FileWorkers } from '../files/file-workers.ts';
import { sniffImageType } from '../files/image-type.ts';
import type { SummarizedFile } from '../media/active-verdicts.ts';
import type { PictureResponse } from '../media/media-response.ts';
import { type Throttled, throttle } from '../timing/throttle.ts';
import { inspectStaged } from './inspect-staged.ts';
import type { KeptFile, KeptFiles } from './kept-files.ts';
import { deleteOwned, deleteReceived, firstProgress, ownReceived, returnUnqueued } from './received-bytes.ts';
import type { ReceivedFile, WatchedOrigin } from './received-file.ts';
import { replaceThumbnail } from './replace-thumbnail.ts';
import { type StagedBundle, type StagedEntry, type StageProgress, stagedSummaryOf, stateOf } from './staged-entry.ts';
import { type StagedViewOptions, stagedViews } from './staged-views.ts';

export interface StagingOptions extends StagedViewOptions {
  readonly fileWorkers: FileWorkers;
  /** The folder for pictures of staged files. */
  readonly picturesDir: string;
  /** The folder for received bytes, and for copies of staged files with another thumbnail. */
  readonly copiesDir: string;
  /** Null: a sheet that no screen shows; it is not kept. */
  readonly kept: KeptFiles | null;
  readonly log: Log;
  /** The server's policy: it decides how a file that is not a bundle is judged. */
  policy(): GabPolicy;
  onChange(projectUuid: string, files: StagedFile[]): void;
}

/**
 * The shortest time between two events, in milliseconds: hundreds of dropped files must not flood
 * the sheet.
 */
const CHANGE_INTERVAL_MS = 150;

/** The files of the upload sheet, with their inspections and suggested targets. */
export class Staging {
  readonly #options: StagingOptions;
  readonly #entries = new Map<string, StagedEntry>();
  /** Files whose upload copies are being made. */
  readonly #taken = new Set<string>();
  readonly #changed = new Map<string, Throttled>();
  readonly #inspecting = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  /** The library is closed after this, so that no events may be sent any longer. */
  #isStopped = false;

  constructor(options: StagingOptions) {
    this.#options = options;
  }

  /**
   * Brings back the files of an earlier run. `uploadCopiesDir`: a crash may have left a file there
   * before its upload was recorded.
   */
  async restore(uploadCopiesDir: string): Promise<void> {
    for (const kept of (await this.#options.kept?.restore()) ?? []) {
      await returnUnqueued(kept, uploadCopiesDir);
      this.#add(kept);
      this.#announce(kept.projectUuid);
    }
  }

  /**
   * Resolves with the stage ids, in order, when all files are in the sheet. They are inspected in
   * the background.
   */
  async stage(projectUuid: string, files: readonly ReceivedFile[]): Promise<readonly string[]> {
    const staged: KeptFile[] = [];
    for (const received of files) {
      const stageId = randomUUID();
      staged.push({ stageId, projectUuid, file: await this.#own(stageId, received), choice: {} });
    }
    this.#options.kept?.add(staged);
    for (const one of staged) this.#add(one);
    this.#announce(projectUuid);
    return staged.map(({ stageId }) => stageId);
  }

  /** In the order in which they were dropped, but versions of one avatar in their order. */
  list(projectUuid: string): StagedFile[] {
    return stagedViews(projectUuid, this.#ofProject(projectUuid), this.#options);
  }

  /** Returns a ready file, once. A second confirmation of the same sheet gets null. */
  take(projectUuid: string, stageId: string): StagedEntry | null {
    const entry = this.#present(stageId);
    if (entry?.projectUuid !== projectUuid || stateOf(entry) !== 'ready' || this.#taken.has(stageId)) return null;
    this.#taken.add(stageId);
    return entry;
  }

  /** Remembers what was filled in for a file. */
  choose(stageId: string, choice: UploadChoice): void {
    const entry = this.#present(stageId);
    if (entry === null) return;
    this.#entries.set(stageId, { ...entry, choice });
    this.#options.kept?.choose(stageId, choice);
  }

  choiceOf(stageId: string): UploadChoice {
    return this.#entries.get(stageId)?.choice ?? {};
  }

  /** Files from a watched folder that are in the sheet, by path. */
  watched(projectUuid: string): ReadonlyMap<string, { readonly stageId: string; readonly origin: WatchedOrigin }> {
    return new Map(
      this.#ofProject(projectUuid).flatMap(({ stageId, file: { watched: origin } }) =>
        origin === undefined ? [] : [[origin.path, { stageId, origin }] as const],
      ),
    );
  }

  /** Removes files from the sheet, or puts them back; `forgetDiscarded` deletes them. */
  setDiscarded(stageIds: readonly string[], isDiscarded: boolean): void {
    const entries = stageIds.flatMap((stageId) => this.#entries.get(stageId) ?? []);
    const changed = entries.filter((entry) => entry.isDiscarded !== isDiscarded && !this.#taken.has(entry.stageId));
    for (const entry of changed) this.#entries.set(entry.stageId, { ...entry, isDiscarded });
    this.#options.kept?.setDiscarded(
      changed.map(({ stageId }) => stageId),
      isDiscarded,
    );
    for (const projectUuid of new Set(changed.map((entry) => entry.projectUuid))) this.#announce(projectUuid);
  }

  /** Deletes those of these files that are discarded. */
  async forgetDiscarded(stageIds: readonly string[]): Promise<void> {
    await this.discard(stageIds.filter((stageId) => this.#entries.get(stageId)?.isDiscarded));
  }

  /** Removes files from the sheet for good and deletes their temporary files. */
  async discard(stageIds: readonly string[]): Promise<void> {
    const projectUuids = new Set<string>();
    if (stageIds.length > 0) this.#options.kept?.remove(stageIds);
    for (const stageId of stageIds) {
      const entry = this.#entries.get(stageId);
      if (entry === undefined) continue;
      this.#entries.delete(stageId);
      this.#taken.delete(stageId);
      projectUuids.add(entry.projectUuid);
      await deleteOwned(entry);
    }
    for (const projectUuid of projectUuids) this.#announce(projectUuid);
  }

  /** Marks a file as not sendable, with the reason. */
  refuse(stageId: string, failure: Failure): void {
    this.#taken.delete(stageId);
    this.#setProgress(stageId, { kind: 'unreadable', failure });
  }

  /**
   * The summary of an inspected file. Null if there is no such file, or if it is not inspected yet.
   */
  summary(stageId: string): SummarizedFile | null {
    const entry = this.#present(stageId);
    return entry === null ? null : stagedSummaryOf(entry);
  }

  /** The file of an inspected bundle. Null if there is no such file, or if it is not a bundle. */
  file(stageId: string): StagedBundle | null {
    const entry = this.#present(stageId);
    if (entry?.progress.kind !== 'inspected' || entry.file.path === null || stateOf(entry) !== 'ready') return null;
    const { report, sizeBytes } = entry.progress.inspection;
    if (report.container !== 'gab') return null;
    return { path: entry.file.path, fileName: entry.file.fileName, sizeBytes };
  }

  /**
   * Replaces the thumbnail of a staged file with a PNG. The dropped file is not changed: a copy
   * replaces it in the sheet.
   */
  async useThumbnail(stageId: string, png: Uint8Array): Promise<Result<StagedFile, Failure>> {
    const before = this.#replaceable(stageId);
    if (before === null) return fail({ code: 'stage_gone' });
    const { fileWorkers, picturesDir, copiesDir } = this.#options;
    const policy = this.#options.policy();
    const options = { fileWorkers, picturesDir, copiesDir, policy, signal: this.#stopping.signal };
    const replaced = await replaceThumbnail(before, png, options);
    if (!replaced.ok) return replaced;
    const { inspection, ...place } = replaced.value;
    if (this.#replaceable(stageId)?.file !== before.file) {
      await deleteOwned({ ...before, ...place });
      return fail({ code: 'stage_gone' });
    }
    // The copy still stands for the same file of the watch folder.
    const { watched, modifiedAtMs } = before.file;
    const replacement = { ...place.file, modifiedAtMs, ...(watched !== undefined && { watched }) };
    // The fields that were filled in while the copy was made stay.
    const { choice } = this.#entries.get(stageId) ?? before;
    const progress = { kind: 'inspected', inspection } as const;
    this.#entries.set(stageId, { ...before, ...place, file: replacement, choice, progress });
    this.#options.kept?.replace(stageId, replacement);
    await deleteOwned(before);
    this.#announce(before.projectUuid);
    const view = this.list(before.projectUuid).find((file) => file.stageId === stageId);
    return view === undefined ? fail({ code: 'stage_gone' }) : ok(view);
  }

  /**
   * Call when the library changed: the suggestions may be different now. An empty list means all
   * projects.
   */
  refresh(projectUuids: readonly string[]): void {
    const staged = new Set([...this.#entries.values()].map((entry) => entry.projectUuid));
    for (const projectUuid of staged) {
      if (projectUuids.length === 0 || projectUuids.includes(projectUuid)) this.#announce(projectUuid);
    }
  }

  async picture(stageId: string): Promise<PictureResponse | null> {
    const entry = this.#present(stageId);
    if (entry?.progress.kind !== 'inspected' || entry.progress.inspection.thumbnailType === null) return null;
    const bytes = await readFile(entry.picturePath);
    const contentType = sniffImageType(bytes);
    return contentType === null ? null : { bytes, contentType, immutable: true };
  }

  /** The files of a kept sheet stay for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const entries = [...this.#entries.values()];
    const gone = this.#options.kept === null ? entries : entries.filter(({ isDiscarded }) => isDiscarded);
    await this.discard(gone.map(({ stageId }) => stageId));
    await Promise.allSettled(this.#inspecting);
    this.#isStopped = true;
    for (const changed of this.#changed.values()) changed.stop();
  }

  /** Returns an inspected bundle that is not being sent, or null. */
  #replaceable(stageId: string): StagedEntry | null {
    return this.file(stageId) === null || this.#taken.has(stageId) ? null : (this.#entries.get(stageId) ?? null);
  }

  #ofProject(projectUuid: string): readonly StagedEntry[] {
    return [...this.#entries.values()].filter((one) => one.projectUuid === projectUuid && !one.isDiscarded);
  }

  #present(stageId: string): StagedEntry | null {
    const entry = this.#entries.get(stageId);
    return entry === undefined || entry.isDiscarded ? null : entry;
  }

  async #own(stageId: string, received: ReceivedFile): Promise<ReceivedFile> {
    const { kept, copiesDir } = this.#options;
    if (kept !== null) return ownReceived(received, join(copiesDir, `${stageId}.gab`));
    if (firstProgress(received).kind !== 'inspecting') await deleteReceived(received);
    return received;
  }

  #add({ stageId, projectUuid, file, choice }: KeptFile): void {
    const picturePath = join(this.#options.picturesDir, stageId);
    const progress = firstProgress(file);
    const entry = { stageId, projectUuid, file, choice, picturePath, progress, isDiscarded: false };
    this.#entries.set(stageId, entry);
    if (progress.kind === 'inspecting') this.#inspect(entry);
  }

  #inspect(entry: StagedEntry): void {
    const inspecting = this.#inspectOne(entry).finally(() => this.#inspecting.delete(inspecting));
    this.#inspecting.add(inspecting);
  }

  async #inspectOne(entry: StagedEntry): Promise<void> {
    const policy = this.#options.policy();
    const progress = await inspectStaged({ ...this.#options, policy, signal: this.#stopping.signal }, entry);
    if (progress === null) return;
    if (this.#entries.has(entry.stageId)) this.#setProgress(entry.stageId, progress);
    else await removeFile(entry.picturePath);
  }

  #setProgress(stageId: string, progress: StageProgress): void {
    const entry = this.#entries.get(stageId);
    if (entry === undefined) return;
    this.#entries.set(stageId, { ...entry, progress });
    this.#announce(entry.projectUuid);
  }

  #announce(projectUuid: string): void {
    if (this.#isStopped) return;
    let changed = this.#changed.get(projectUuid);
    if (changed === undefined) {
      changed = throttle(() => this.#options.onChange(projectUuid, this.list(projectUuid)), CHANGE_INTERVAL_MS);
      this.#changed.set(projectUuid, changed);
    }
    changed.request();
  }
}
