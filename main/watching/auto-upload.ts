import type { Log } from '../../node/log.ts';
import type { StagedFile, UploadTarget } from '../../shared/contract/transfers.ts';
import { suggestAvatarName } from '../../shared/domain/avatar-name.ts';
import type { LocalDatabase } from '../db/local-database.ts';
import { OPEN_STATES } from '../db/transfer-states.ts';
import type { ReceivedFile } from '../staging/received-file.ts';
import type { Staging } from '../staging/staging.ts';
import { type ConfirmOptions, confirmUploads } from '../transfers/confirm-uploads.ts';
import { usableTags } from '../transfers/upload-rows.ts';
import { activeVersionToReplace } from './watch-rules.ts';

export interface AutoUploadOptions extends Omit<ConfirmOptions, 'staging' | 'isDecision'> {
  readonly database: LocalDatabase;
  /** Creates a separate staging area that no screen shows. */
  createSheet(onChange: (projectUuid: string, files: StagedFile[]) => void): Staging;
  readonly log: Log;
  /** Called for an invalid file, so that a person sees what is wrong with it. */
  onInvalid(projectUuid: string, file: ReceivedFile): void;
  /** Called when there is room for more files. */
  onRoom(): void;
}

/** There are at most three file workers to inspect them. */
const MAX_CHECKED_AT_ONCE = 8;
/** Each has an upload copy of at most 50 MiB on this disk. */
const MAX_OPEN_UPLOADS = 64;

/**
 * Inspects watched files and sends the valid ones, as if somebody had dropped and confirmed them.
 */
export class AutoUpload {
  readonly #options: AutoUploadOptions;
  readonly #sheet: Staging;
  readonly #checked = new Map<string, { readonly file: ReceivedFile; onFailed(): void }>();
  readonly #confirming = new Map<string, Promise<void>>();

  constructor(options: AutoUploadOptions) {
    this.#options = options;
    this.#sheet = options.createSheet((projectUuid, files) => this.#confirmInspected(projectUuid, files));
  }

  /** False while more files would fill the disk with copies and the tray with rows. */
  hasRoom(): boolean {
    if (this.#checked.size >= MAX_CHECKED_AT_ONCE) return false;
    const open = this.#options.database.read.transfers.inStates(OPEN_STATES);
    return open.filter(({ watched }) => watched !== null).length < MAX_OPEN_UPLOADS;
  }

  /** `onFailed`: called if the file cannot be picked up now. It may be tried again. */
  async take(projectUuid: string, file: ReceivedFile, onFailed: () => void): Promise<void> {
    const [stageId] = await this.#sheet.stage(projectUuid, [file]);
    if (stageId !== undefined) this.#checked.set(stageId, { file, onFailed });
    this.#confirmInspected(projectUuid, this.#sheet.list(projectUuid));
  }

  /** Call when the library changed: files that are being inspected may get another suggestion. */
  refresh(projectUuids: readonly string[]): void {
    this.#sheet.refresh(projectUuids);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#confirming.values());
    await this.#sheet.stop();
  }

  #confirmInspected(projectUuid: string, files: readonly StagedFile[]): void {
    for (const file of files) {
      const { stageId } = file;
      if (file.state === 'inspecting' || this.#confirming.has(stageId)) continue;
      const confirming = this.#settle(projectUuid, file)
        .catch((error: unknown) => this.#failed(file, String(error)))
        .finally(() => {
          this.#confirming.delete(stageId);
          this.#checked.delete(stageId);
          this.#options.onRoom();
        });
      this.#confirming.set(stageId, confirming);
    }
  }

  async #settle(projectUuid: string, file: StagedFile): Promise<void> {
    try {
      if (file.state === 'ready') await this.#send(projectUuid, file);
      else this.#refuse(projectUuid, file);
    } finally {
      await this.#sheet.discard([file.stageId]);
    }
  }

  async #send(projectUuid: string, file: StagedFile): Promise<void> {
    const target = targetOf(file);
    if (target === null) return;
    const active = this.#options.database.read.projects.find(projectUuid)?.active ?? null;
    const activateOver = activeVersionToReplace(file, active) ?? undefined;
    const items = [{ stageId: file.stageId, target, activateOver }];
    const options = { ...this.#options, staging: this.#sheet, isDecision: false };
    const result = await confirmUploads(options, { projectUuid, items });
    if (!result.ok) this.#failed(file, result.failure.code);
  }

  #refuse(projectUuid: string, file: StagedFile): void {
    const checked = this.#checked.get(file.stageId);
    if (file.failure !== null) this.#failed(file, file.failure.code);
    else if (checked !== undefined) this.#options.onInvalid(projectUuid, checked.file);
  }

  #failed({ stageId, fileName }: StagedFile, reason: string): void {
    this.#options.log.warn('Could not send a watched file', { fileName, reason });
    this.#checked.get(stageId)?.onFailed();
  }
}

/** Null if the project already has these bytes. */
function targetOf({ suggestion, manifest, fileName }: StagedFile): UploadTarget | null {
  if (suggestion?.kind === 'duplicate') return null;
  if (suggestion?.kind === 'version') return { kind: 'version', avatarUuid: suggestion.avatarUuid };
  const name = suggestAvatarName(manifest?.name ?? null, fileName);
  return { kind: 'new', name, tags: [...usableTags(manifest?.tags)] };
}
