import { create } from 'zustand';
import type { AvatarView, VersionView } from '../../../shared/contract/library.ts';
import type { HeldActivation } from '../../../shared/contract/transfers.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { waitForComparison } from '../comparison/comparison-cache.ts';
import { loadAvatars, useLibrary } from '../library/library-store.ts';
import { runCommand, start } from '../notices/notices.ts';
import { offerToUndoUpload } from './activation-store.ts';
import { askAboutBreaking, useBreakingQuestion } from './breaking-question.ts';
import { breakingQuestionForVersion } from './find-breaking-changes.ts';

interface HeldSlice {
  /** Oldest first. */
  readonly held: readonly HeldActivation[];
}

/** Uploaded versions that are activated only after a comparison with the active one. */
export const useHeldActivations = create<HeldSlice>(() => ({ held: [] }));

let isAsking = false;

export function applyHeld(held: readonly HeldActivation[]): void {
  const before = useHeldActivations.getState().held;
  useHeldActivations.setState({ held });
  const gone = before.filter((one) => !held.some(({ versionUuid }) => versionUuid === one.versionUuid));
  for (const one of gone) offerToUndoUpload(one);
  start(askNext());
}

export async function loadHeld(): Promise<void> {
  const held = await getBridge().uploads.held();
  if (held.ok) applyHeld(held.value);
}

/** One question at a time. What is not answered now is asked again, also after a restart. */
async function askNext(): Promise<void> {
  const next = useHeldActivations.getState().held.find(({ needsAnswer }) => needsAnswer);
  if (!next || isAsking || useBreakingQuestion.getState().asked !== null) return;
  isAsking = true;
  try {
    if (!(await ask(next))) return;
  } finally {
    isAsking = false;
  }
  await askNext();
}

/** Returns whether a person has answered. */
async function ask({ projectUuid, versionUuid }: HeldActivation): Promise<boolean> {
  await loadAvatars(projectUuid);
  const found = findVersion(useLibrary.getState().avatarsByProject[projectUuid] ?? [], versionUuid);
  // Nothing is delayed by it, and without it nobody would be asked.
  const question = found && (await breakingQuestionForVersion(found.avatar, found.version, waitForComparison));
  if (!question) return false;
  const answer = await askAboutBreaking(question);
  if (answer === 'replaced') return false;
  return runCommand(getBridge().uploads.answerHeld({ versionUuid, activate: answer === 'make-live' }));
}

function findVersion(
  avatars: readonly AvatarView[],
  versionUuid: HeldActivation['versionUuid'],
): { readonly avatar: AvatarView; readonly version: VersionView } | null {
  for (const avatar of avatars) {
    const version = avatar.versions.find(({ uuid }) => uuid === versionUuid);
    if (version) return { avatar, version };
  }
  return null;
}

/** Asks what could not be asked while another question was open, or before the library was read. */
export function followQuestions(): void {
  useLibrary.subscribe(() => start(askNext()));

  useBreakingQuestion.subscribe(({ asked }) => {
    if (asked === null) start(askNext());
  });
}

export function forgetHeld(): void {
  useHeldActivations.setState({ held: [] });
}
