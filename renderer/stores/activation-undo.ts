import type { ProjectView } from '../../shared/contract/library.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { offerUndo } from './undo-store.ts';

/** A change of a project's active version that a person made in this window. */
export interface ActiveChange {
  readonly projectUuid: string;
  /** Null: no version is active. */
  readonly versionUuid: VersionUuid | null;
  /** "Mara v2 is live". */
  readonly label: string;
  undo(): Promise<void>;
}

/** The last one of each project that the server does not have yet. */
const onTheirWay = new Map<string, ActiveChange>();

/** Offers to undo the change when the server has it: nothing is live before that. */
export function offerToUndoWhenLive(change: ActiveChange): void {
  onTheirWay.set(change.projectUuid, change);
}

/** `projects`: as they are now. */
export function offerToUndoArrived(projects: readonly ProjectView[]): void {
  for (const { uuid, active, isActivationWaiting } of projects) {
    const change = onTheirWay.get(uuid);
    const isThere = change && !isActivationWaiting && (active?.versionUuid ?? null) === change.versionUuid;
    if (!isThere) continue;
    onTheirWay.delete(uuid);
    offerUndo(change.label, () => change.undo());
  }
}

export function forgetActiveChanges(): void {
  onTheirWay.clear();
}
