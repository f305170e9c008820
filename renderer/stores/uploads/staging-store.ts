import { create } from 'zustand';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { currentActivationChoice, forgetActivationChoice } from '../activation/activation-choice.ts';
import { askAboutBreaking } from '../activation/breaking-question.ts';
import { breakingQuestionForUpload } from '../activation/find-breaking-changes.ts';
import { closeComparison } from '../comparison/comparison-store.ts';
import { announce } from '../notices/announcements.ts';
import { runCommand, showFailure } from '../notices/notices.ts';
import { closePreview } from '../preview/preview-store.ts';
import { collapseDetails } from '../view/view-store.ts';
import { notifyStagedElsewhere } from './staged-elsewhere.ts';
import { stagingTexts } from './staging-texts.en.ts';
import type { SheetPlan, UploadChoice, UploadChoices } from './upload-choices.ts';
import { describeChecked, isDuplicate } from './upload-choices.ts';

interface StagingSlice {
  readonly filesByProject: Readonly<Record<string, readonly StagedFile[]>>;
  /** By stage id. */
  readonly choices: UploadChoices;
  /** Files in dropped folders that are not bundles, by project. */
  readonly skippedByProject: Readonly<Record<string, number>>;
  /**
   * Files on their way to the main process, by project: the sheet opens before the first one is
   * staged.
   */
  readonly arrivingByProject: Readonly<Record<string, number>>;
}

const EMPTY: StagingSlice = {
  filesByProject: {},
  choices: {},
  skippedByProject: {},
  arrivingByProject: {},
};

export const useStaging = create<StagingSlice>(() => EMPTY);

export const NO_FILES: readonly StagedFile[] = [];

function addTo(counts: Readonly<Record<string, number>>, projectUuid: string, change: number): Record<string, number> {
  return { ...counts, [projectUuid]: (counts[projectUuid] ?? 0) + change };
}

export interface GatheredFiles {
  readonly files: readonly File[];
  readonly skippedCount: number;
}

function stageIdsOf(projectUuid: string): string[] {
  return (useStaging.getState().filesByProject[projectUuid] ?? NO_FILES).map(({ stageId }) => stageId);
}

/** `targetAvatarUuid`: the avatar that the file was dropped on. It is ignored for several files. */
export async function stageFiles(
  projectUuid: string,
  gathered: GatheredFiles,
  targetAvatarUuid: AvatarUuid | null = null,
): Promise<void> {
  const before = stageIdsOf(projectUuid);
  await sendToStage(projectUuid, gathered);
  if (targetAvatarUuid === null || gathered.files.length !== 1) return;
  await loadStaged(projectUuid);
  for (const stageId of stageIdsOf(projectUuid)) {
    if (!before.includes(stageId)) chooseForFile(stageId, { avatarUuid: targetAvatarUuid });
  }
}

async function sendToStage(projectUuid: string, gathered: GatheredFiles): Promise<void> {
  const { files, skippedCount } = gathered;
  useStaging.setState((state) => ({
    skippedByProject: addTo(state.skippedByProject, projectUuid, skippedCount),
    arrivingByProject: addTo(state.arrivingByProject, projectUuid, files.length),
  }));
  // These would cover the sheet: the details pane in a narrow window, comparison and preview
  // always.
  collapseDetails();
  closeComparison();
  closePreview();
  if (files.length === 0) announce(stagingTexts.noBundlesFound(skippedCount));
  try {
    if (files.length > 0) await runCommand(getBridge().stageFiles(projectUuid, files));
  } finally {
    useStaging.setState((state) => ({
      arrivingByProject: addTo(state.arrivingByProject, projectUuid, -files.length),
    }));
  }
}

export function applyStaged(projectUuid: string, files: readonly StagedFile[]): void {
  const before = useStaging.getState().filesByProject[projectUuid] ?? NO_FILES;
  useStaging.setState((state) => ({ filesByProject: { ...state.filesByProject, [projectUuid]: files } }));
  const wasChecking = before.length < files.length || before.some((file) => file.state === 'inspecting');
  const isChecked = files.length > 0 && files.every((file) => file.state !== 'inspecting');
  if (wasChecking && isChecked) {
    announce(describeChecked(files, useStaging.getState().skippedByProject[projectUuid] ?? 0));
    notifyStagedElsewhere(projectUuid, files.length);
  }
}

/** Restores the files that were staged before the window was reloaded. */
export async function loadStaged(projectUuid: string): Promise<void> {
  const files = await getBridge().uploads.staged({ projectUuid });
  if (files.ok) applyStaged(projectUuid, files.value);
}

export function chooseForFile(stageId: string, change: UploadChoice): void {
  useStaging.setState((state) => ({
    choices: { ...state.choices, [stageId]: { ...state.choices[stageId], ...change } },
  }));
}

function forgetChoices(stageIds: readonly string[]): void {
  useStaging.setState((state) => ({
    choices: Object.fromEntries(Object.entries(state.choices).filter(([id]) => !stageIds.includes(id))),
  }));
}

function forgetSkipped(projectUuid: string): void {
  useStaging.setState((state) => ({ skippedByProject: { ...state.skippedByProject, [projectUuid]: 0 } }));
}

export async function discardFiles(stageIds: readonly string[]): Promise<void> {
  const isDone = await runCommand(getBridge().uploads.discard({ stageIds: [...stageIds] }));
  if (isDone) forgetChoices(stageIds);
}

/** Closes the sheet and discards its files. */
export async function discardAll(projectUuid: string): Promise<void> {
  const files = useStaging.getState().filesByProject[projectUuid] ?? NO_FILES;
  forgetSkipped(projectUuid);
  forgetActivationChoice(projectUuid);
  if (files.length > 0) await discardFiles(files.map((file) => file.stageId));
}

/** Duplicates stay in the sheet as long as there are other files to upload. */
async function discardDuplicates(projectUuid: string): Promise<void> {
  const files = useStaging.getState().filesByProject[projectUuid] ?? NO_FILES;
  const done = files.filter((file) => file.state === 'ready' && isDuplicate(file)).map((file) => file.stageId);
  if (done.length > 0) await discardFiles(done);
}

/** Whether the files are activated, or null to leave the sheet as it is. Asks if that would break something. */
async function decideActivation(projectUuid: string): Promise<boolean | null> {
  if (!currentActivationChoice(projectUuid)) return false;
  const { filesByProject, choices } = useStaging.getState();
  const files = filesByProject[projectUuid] ?? NO_FILES;
  const question = await breakingQuestionForUpload(projectUuid, { files, choices });
  const answer = question === null ? 'make-live' : await askAboutBreaking(question);
  return answer === 'cancel' ? null : answer === 'make-live';
}

/**
 * Uploads the files of the plan. Refused files stay in the sheet with the reason. Shows a failure.
 */
export async function confirmUpload(projectUuid: string, plan: SheetPlan): Promise<void> {
  const activate = await decideActivation(projectUuid);
  if (activate === null) return;
  const outcome = await getBridge().uploads.confirm({ projectUuid, activate, items: plan.items });
  if (!outcome.ok) {
    showFailure(outcome.failure);
    return;
  }
  forgetChoices(plan.items.map((item) => item.stageId));
  forgetSkipped(projectUuid);
  forgetActivationChoice(projectUuid);
  announce(stagingTexts.uploadsStarted(outcome.value.queued));
  await discardDuplicates(projectUuid);
}

export function forgetStaging(): void {
  useStaging.setState(EMPTY);
}
