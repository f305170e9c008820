import { create } from 'zustand';
import type { AvatarView, ProjectView, VersionView } from '../../../shared/contract/library.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import type { ActivatedVersion, ChosenHow } from '../../../shared/domain/activations.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { useSession } from '../account/session-store.ts';
import { generalTexts } from '../general-texts.en.ts';
import { useLibrary } from '../library/library-store.ts';
import { announce } from '../notices/announcements.ts';
import { showFailure, showNotice } from '../notices/notices.ts';
import { activationTexts } from './activation-texts.en.ts';
import { forgetActiveChanges, offerToUndoNewest, offerToUndoWhenDone } from './activation-undo.ts';
import { type BreakingQuestion, confirmBreaking } from './breaking-question.ts';
import { breakingQuestionForVersion, undrawnQuestion } from './find-breaking-changes.ts';

/** A change of the active version, with the names that people see. */
interface ActivationRequest {
  readonly projectUuid: string;
  /** Null: no version is to be active. */
  readonly to: NamedVersion | null;
  readonly how: ChosenHow;
  /** The activation that this one takes back. */
  readonly undoes?: string;
}

interface NamedVersion {
  readonly versionUuid: VersionUuid;
  /** "Mara v2". */
  readonly name: string;
}

interface ActivationSlice {
  /** The version that is being checked or activated. */
  readonly pendingUuid: VersionUuid | null;
}

const NOTHING: ActivationSlice = { pendingUuid: null };

export const useActivation = create<ActivationSlice>(() => NOTHING);

function projectOf(projectUuid: string): ProjectView | undefined {
  return useLibrary.getState().projects?.find((project) => project.uuid === projectUuid);
}

function named(avatar: Pick<AvatarView, 'name'>, version: VersionView): NamedVersion {
  return { versionUuid: version.uuid, name: generalTexts.version(avatar.name, version.version) };
}

/** A version of the activation history, with the name that it had then. */
function namedThen({ versionUuid, name, version }: ActivatedVersion): NamedVersion {
  return { versionUuid, name: generalTexts.version(name, version) };
}

/**
 * The active version that this screen shows. The server refuses the change if it is another one.
 */
export function shownActive(projectUuid: string): NamedVersion | null {
  const active = projectOf(projectUuid)?.active;
  if (!active) return null;
  return { versionUuid: active.versionUuid, name: generalTexts.version(active.name, active.version) };
}

const isOffline = (): boolean => useSession.getState().session?.connection === 'offline';

/** The request shows on the screen at once; that the version is active is said when it is. */
function describeRequest({ to }: ActivationRequest): string {
  if (to === null) return isOffline() ? activationTexts.takingOfflineLater : activationTexts.takingOffline;
  return isOffline() ? activationTexts.makingLiveLater(to.name) : activationTexts.makingLive(to.name);
}

async function activate(request: ActivationRequest, expected: NamedVersion | null): Promise<void> {
  const { projectUuid, to, how, undoes } = request;
  const versionUuid = to?.versionUuid ?? null;
  const expectedActiveUuid = expected?.versionUuid ?? null;
  useActivation.setState({ pendingUuid: versionUuid });
  try {
    const input = { projectUuid, versionUuid, expectedActiveUuid, how, undoes };
    const outcome = await getBridge().library.activate(input);
    if (outcome.ok) offerToUndo(request, outcome.value.activationUuid);
    else showFailure(outcome.failure);
  } finally {
    useActivation.setState({ pendingUuid: null });
  }
}

/** `activationUuid` is null if the request has only taken back what was pending. */
function offerToUndo(request: ActivationRequest, activationUuid: string | null): void {
  const { projectUuid } = request;
  if (activationUuid === null) {
    announce(activationTexts.undone);
    return;
  }
  const undo = () => undoActivation(projectUuid, activationUuid);
  if (isOffline()) {
    offerToUndoNewest(projectUuid, describeRequest(request), undo);
    return;
  }
  announce(describeRequest(request));
  offerToUndoWhenDone({ projectUuid, isIt: ({ uuid }) => uuid === activationUuid, undo });
}

/** Offers to undo that an upload was activated. */
export function offerToUndoUpload({
  projectUuid,
  versionUuid,
}: Pick<TransferView, 'projectUuid' | 'versionUuid'>): void {
  offerToUndoWhenDone({
    projectUuid,
    isIt: ({ to }) => to !== null && to.versionUuid === versionUuid,
    undo: ({ uuid }) => undoActivation(projectUuid, uuid),
  });
}

/** Brings back what was active before, unless somebody has made another choice since. */
async function undoActivation(projectUuid: string, activationUuid: string): Promise<void> {
  const [newest] = projectOf(projectUuid)?.activations ?? [];
  if (!newest) return;
  if (newest.uuid === activationUuid) {
    const { from, to } = newest;
    const request = { projectUuid, to: from && namedThen(from), how: 'undo', undoes: activationUuid } as const;
    await activate(request, to && namedThen(to));
    return;
  }
  const who = newest.by ?? activationTexts.someone;
  const { to } = newest;
  const title = to ? activationTexts.notUndone(who, namedThen(to).name) : activationTexts.notUndoneOffline(who);
  showNotice({ tone: 'plain', title });
}

async function questionAbout(avatar: AvatarView, version: VersionView): Promise<BreakingQuestion | null> {
  useActivation.setState({ pendingUuid: version.uuid });
  try {
    return await breakingQuestionForVersion(avatar, version);
  } finally {
    useActivation.setState({ pendingUuid: null });
  }
}

/**
 * Compares first, and asks if something that works now would break, if there is no comparison to
 * tell, or if the preview could not draw the version.
 */
export async function activateVersion(
  avatar: AvatarView,
  version: VersionView,
  how: 'choice' | 'rollback' = 'choice',
): Promise<void> {
  // The first press is still being checked.
  if (useActivation.getState().pendingUuid === version.uuid) return;
  const { projectUuid } = avatar;
  const expected = shownActive(projectUuid);
  const question = await questionAbout(avatar, version);
  if (question && !(await confirmBreaking(question))) return;
  await activate({ projectUuid, to: named(avatar, version), how }, expected);
}

/**
 * For the comparison page, which already shows everything that would break: asks only if the preview
 * could not draw the version.
 */
export async function activateAfterComparison(avatar: AvatarView, version: VersionView): Promise<void> {
  const question = undrawnQuestion(avatar, version);
  if (question && !(await confirmBreaking(question))) return;
  const { projectUuid } = avatar;
  await activate({ projectUuid, to: named(avatar, version), how: 'choice' }, shownActive(projectUuid));
}

/** Takes the live avatar offline without asking; `takeOffline` asks. */
export async function deactivate(projectUuid: string): Promise<void> {
  await activate({ projectUuid, to: null, how: 'choice' }, shownActive(projectUuid));
}

export function forgetActivation(): void {
  useActivation.setState(NOTHING);
  forgetActiveChanges();
}
