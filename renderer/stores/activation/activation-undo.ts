import type { ActivationView, ProjectView } from '../../../shared/contract/library.ts';
import { generalTexts } from '../general-texts.en.ts';
import { useLibrary } from '../library/library-store.ts';
import { offerUndo } from '../outbox/undo-store.ts';
import { activationTexts } from './activation-texts.en.ts';

/** A change of a project's active version that a person made in this window. */
export interface ActiveChange {
  readonly projectUuid: string;
  isIt(activation: ActivationView): boolean;
  undo(activation: ActivationView): Promise<void>;
}

/** The last one of each project that the server does not have yet. */
const onTheirWay = new Map<string, ActiveChange>();
/** Of the last offer of each project. */
const takeOfferBack = new Map<string, () => void>();

/**
 * Offers to undo the change when the server has it, not before: until then nothing has changed for
 * customers. The library may show it already.
 */
export function offerToUndoWhenDone(change: ActiveChange): void {
  onTheirWay.set(change.projectUuid, change);
  offerToUndoArrived(useLibrary.getState().projects ?? []);
}

/** `projects`: as they are now. */
export function offerToUndoArrived(projects: readonly ProjectView[]): void {
  for (const { uuid, activations } of projects) {
    const change = onTheirWay.get(uuid);
    const [newest] = activations;
    if (!change || !newest || newest.isWaiting || !change.isIt(newest)) continue;
    onTheirWay.delete(uuid);
    offerToUndoNewest(uuid, describeActivation(newest), () => change.undo(newest));
  }
}

/** Only the newest change of a project can be undone, and what an older notice says is no longer so. */
export function offerToUndoNewest(projectUuid: string, label: string, undo: () => Promise<void>): void {
  takeOfferBack.get(projectUuid)?.();
  takeOfferBack.set(projectUuid, offerUndo(label, undo));
}

export function forgetActiveChanges(): void {
  onTheirWay.clear();
  takeOfferBack.clear();
}

/** "Mara v2 is live", or that nothing is. */
function describeActivation({ to }: ActivationView): string {
  return to ? activationTexts.isLive(generalTexts.version(to.name, to.version)) : activationTexts.nothingLive;
}
