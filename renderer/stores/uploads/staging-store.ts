import { create } from 'zustand';
import type { StagedFile, UploadChoice } from '../../../shared/contract/transfers.ts';
import { MAX_STAGED_FILES } from '../../../shared/contract/transfers.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { movedActivation } from '../activation/activation-choice.ts';
import { askAboutBreaking } from '../activation/breaking-question.ts';
import { judgeUpload } from '../activation/find-breaking-changes.ts';
import { closeComparison } from '../comparison/comparison-store.ts';
import { announce } from '../notices/announcements.ts';
import { runCommand, showFailure, showNotice, start } from '../notices/notices.ts';
import { offerUndo } from '../outbox/undo-store.ts';
import { closePreview } from '../preview/preview-store.ts';
import { collapseDetails } from '../view/view-store.ts';
import { setSheetHidden } from './sheet-visibility.ts';
import { notifyStagedElsewhere } from './staged-elsewhere.ts';
import { stagingTexts } from './staging-texts.en.ts';
import type { SheetPlan, UploadChoices } from './upload-choices.ts';
import { describeChecked, isDuplicate, isSendable } from './upload-choices.ts';

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

function filesOf(projectUuid: string): readonly StagedFile[] {
  return useStaging.getState().filesByProject[projectUuid] ?? NO_FILES;
}

export interface GatheredFiles {
  readonly files: readonly File[];
  readonly skippedCount: number;
  /** There were more files than a sheet takes. */
  readonly isCut: boolean;
}

function stageIdsOf(projectUuid: string): string[] {
  return filesOf(projectUuid).map(({ stageId }) => stageId);
}

/** `targetAvatarUuid`: the avatar that the file was dropped on. It is ignored for several files. */
export async function stageFiles(
  projectUuid: string,
  gathered: GatheredFiles,
  targetAvatarUuid: AvatarUuid | null = null,
): Promise<void> {
  const before = stageIdsOf(projectUuid);
  await sendToStage(projectUuid, withinLimit(projectUuid, gathered));
  if (targetAvatarUuid === null || gathered.files.length !== 1) return;
  for (const stageId of stageIdsOf(projectUuid)) {
    if (!before.includes(stageId)) chooseForFile(stageId, { avatarUuid: targetAvatarUuid });
  }
}

/** One confirmation uploads this many files at most. */
function withinLimit(projectUuid: string, gathered: GatheredFiles): GatheredFiles {
  const files = gathered.files.slice(0, Math.max(0, MAX_STAGED_FILES - filesOf(projectUuid).length));
  return { ...gathered, files, isCut: gathered.isCut || files.length < gathered.files.length };
}

/** Every drop is answered on the screen, also one that adds nothing. */
function answerDrop({ files, skippedCount, isCut }: GatheredFiles): void {
  if (isCut) showNotice({ tone: 'plain', ...stagingTexts.tooManyFiles(MAX_STAGED_FILES) });
  else if (files.length === 0) showNotice({ tone: 'plain', title: stagingTexts.noBundlesFound(skippedCount) });
}

async function sendToStage(projectUuid: string, gathered: GatheredFiles): Promise<void> {
  const { files, skippedCount } = gathered;
  answerDrop(gathered);
  if (files.length === 0) return;
  useStaging.setState((state) => ({
    skippedByProject: addTo(state.skippedByProject, projectUuid, skippedCount),
    arrivingByProject: addTo(state.arrivingByProject, projectUuid, files.length),
  }));
  // These would cover the sheet: the details pane in a narrow window, comparison and preview
  // always.
  setSheetHidden(projectUuid, false);
  collapseDetails();
  closeComparison();
  closePreview();
  try {
    await runCommand(getBridge().stageFiles(projectUuid, files));
    await loadStaged(projectUuid);
  } finally {
    useStaging.setState((state) => ({
      arrivingByProject: addTo(state.arrivingByProject, projectUuid, -files.length),
    }));
  }
}

export function applyStaged(projectUuid: string, files: readonly StagedFile[]): void {
  const before = filesOf(projectUuid);
  useStaging.setState((state) => ({
    filesByProject: { ...state.filesByProject, [projectUuid]: files },
    choices: { ...storedChoices(files), ...state.choices },
  }));
  const wasChecking = before.length < files.length || before.some((file) => file.state === 'inspecting');
  const isChecked = files.length > 0 && files.every((file) => file.state !== 'inspecting');
  if (wasChecking && isChecked) {
    announce(describeChecked(files, useStaging.getState().skippedByProject[projectUuid] ?? 0));
    notifyStagedElsewhere(projectUuid, files.length);
  }
}

/** The fields that were filled in before the window was reloaded, or before a restart. */
function storedChoices(files: readonly StagedFile[]): UploadChoices {
  const chosen = files.filter(({ choice }) => Object.keys(choice).length > 0);
  return Object.fromEntries(chosen.map(({ stageId, choice }) => [stageId, choice]));
}

/** Restores the files that were staged before the window was reloaded. */
export async function loadStaged(projectUuid: string): Promise<void> {
  const files = await getBridge().uploads.staged({ projectUuid });
  if (files.ok) applyStaged(projectUuid, files.value);
}

interface ChoiceChange {
  readonly stageId: string;
  readonly change: UploadChoice;
}

/** On the screen at once, and kept by the main process until the file is uploaded. */
function chooseAll(changes: readonly ChoiceChange[]): void {
  const { choices } = useStaging.getState();
  const chosen = changes.map(({ stageId, change }) => ({ stageId, choice: { ...choices[stageId], ...change } }));
  const changed = Object.fromEntries(chosen.map(({ stageId, choice }) => [stageId, choice]));
  useStaging.setState({ choices: { ...choices, ...changed } });
  start(runCommand(getBridge().uploads.choose({ choices: chosen })));
}

export function chooseForFile(stageId: string, change: UploadChoice): void {
  chooseAll([{ stageId, change }]);
}

/** For all files that can be uploaded. */
export function chooseTagsForAll(projectUuid: string, tags: string): void {
  const files = filesOf(projectUuid).filter(isSendable);
  chooseAll(files.map(({ stageId }) => ({ stageId, change: { tags } })));
}

/** Whether this file is activated after the upload; at most one of a project is. */
export function chooseActivation(projectUuid: string, stageId: string, isOn: boolean): void {
  const { choices } = useStaging.getState();
  const files = filesOf(projectUuid).map((file) => ({ file, choice: choices[file.stageId] ?? {} }));
  const moved = movedActivation(files, { stageId, isOn });
  chooseAll(moved.map(({ stageId: id, activate }) => ({ stageId: id, change: { activate } })));
}

function forgetSkipped(projectUuid: string): void {
  useStaging.setState((state) => ({ skippedByProject: { ...state.skippedByProject, [projectUuid]: 0 } }));
}

/** Offers to undo it; the bytes are deleted when that is no longer possible. */
export async function discardFiles(stageIds: readonly string[]): Promise<void> {
  const input = { stageIds: [...stageIds] };
  if (stageIds.length === 0 || !(await runCommand(getBridge().uploads.discard(input)))) return;
  offerUndo(
    stagingTexts.discarded(stageIds.length),
    async () => void (await runCommand(getBridge().uploads.restore(input))),
    () => start(getBridge().uploads.forget(input)),
  );
}

/** Empties the sheet. */
export async function discardAll(projectUuid: string): Promise<void> {
  forgetSkipped(projectUuid);
  await discardFiles(stageIdsOf(projectUuid));
}

/** Duplicates stay in the sheet as long as there are other files to upload; nothing of them is lost. */
async function discardDuplicates(projectUuid: string): Promise<void> {
  const done = filesOf(projectUuid).filter((file) => file.state === 'ready' && isDuplicate(file));
  const input = { stageIds: done.map(({ stageId }) => stageId) };
  if (done.length === 0 || !(await runCommand(getBridge().uploads.discard(input)))) return;
  await getBridge().uploads.forget(input);
}

interface Decision {
  readonly items: SheetPlan['items'];
  /** What to say about an activation that waits for its comparison. */
  readonly note: string | null;
}

/**
 * The items as they are sent: the file that is to be activated with the version that it may replace.
 * Null to leave the sheet as it is. Asks if something would break. A file whose comparison is not
 * ready is uploaded all the same: the main process compares it before it is activated, and then asks.
 */
async function decideActivation(projectUuid: string, plan: SheetPlan): Promise<Decision | null> {
  const planned = plan.files.find(({ file }) => file.stageId === plan.activatedId);
  if (!planned) return { items: plan.items, note: null };
  const { question, over, comparedLaterWith } = await judgeUpload(projectUuid, planned);
  const answer = question === null ? 'make-live' : await askAboutBreaking(question);
  if (answer === 'cancel' || answer === 'replaced') return null;
  const items = plan.items.map(({ activate, ...item }) => {
    if (!activate || answer === 'only-upload') return item;
    return { ...item, activate, ...(over !== null && { activateOver: over }) };
  });
  const note = comparedLaterWith && stagingTexts.comparedFirst(planned.file.fileName, comparedLaterWith);
  return { items, note };
}

/**
 * Uploads the files of the plan. Refused files stay in the sheet with the reason. Shows a failure.
 */
export async function confirmUpload(projectUuid: string, plan: SheetPlan): Promise<void> {
  const decision = await decideActivation(projectUuid, plan);
  if (decision === null) return;
  const { items, note } = decision;
  const outcome = await getBridge().uploads.confirm({ projectUuid, items });
  if (!outcome.ok) {
    showFailure(outcome.failure);
    return;
  }
  forgetSkipped(projectUuid);
  announce(stagingTexts.uploadsStarted(outcome.value.queued));
  if (note !== null) showNotice({ tone: 'plain', title: note });
  await discardDuplicates(projectUuid);
}

export function forgetStaging(): void {
  useStaging.setState(EMPTY);
}
