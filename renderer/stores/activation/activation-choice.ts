import type { StagedFile, UploadChoice } from '../../../shared/contract/transfers.ts';

/** A file of an upload sheet, with what was filled in for it. */
export interface ChosenFile {
  readonly file: Pick<StagedFile, 'stageId' | 'activatable'>;
  readonly choice: UploadChoice;
}

/**
 * The file of a sheet that is activated after the upload, or null: at most one per project. Where
 * nobody has chosen, only the first avatar of a project is activated, so that nothing is replaced by
 * accident. `files`: those that will be uploaded, in their order.
 */
export function activatedFile<File extends ChosenFile>(
  files: readonly File[],
  { hasActive }: { readonly hasActive: boolean },
): File | null {
  const candidates = files.filter(({ file }) => file.activatable);
  const chosen = candidates.findLast(({ choice }) => choice.activate === true);
  if (chosen) return chosen;
  const isRefused = files.some(({ choice }) => choice.activate === false);
  return hasActive || isRefused ? null : (candidates.at(-1) ?? null);
}

/** What to change so that this file is activated, or no longer is: choosing one moves the choice. */
export function movedActivation(
  files: readonly ChosenFile[],
  { stageId, isOn }: { readonly stageId: string; readonly isOn: boolean },
): readonly { readonly stageId: string; readonly activate: boolean }[] {
  const others = files.filter(({ file, choice }) => file.stageId !== stageId && choice.activate === true);
  return [...others.map(({ file }) => ({ stageId: file.stageId, activate: false })), { stageId, activate: isOn }];
}
