import { create } from 'zustand';
import type { OutputOf } from '../../shared/contract/bridge.ts';
import type { AvatarView, VersionView } from '../../shared/contract/library.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { getBridge } from '../bridge/bridge.ts';
import { activationTexts } from './activation-texts.en.ts';
import { announce } from './announcements.ts';
import { findActive } from './avatar-rules.ts';
import { type BreakingQuestion, confirmBreaking } from './breaking-question.ts';
import { breakingQuestionForVersion } from './find-breaking-changes.ts';
import { generalTexts } from './general-texts.en.ts';
import { useLibrary } from './library-store.ts';
import { showFailure } from './notices.ts';
import { useSession } from './session-store.ts';

/** What the user wanted to be live: a version, or nothing. */
export interface ActivationRequest {
  readonly projectUuid: string;
  readonly version: VersionView | null;
  readonly avatarName: string | null;
}

interface ActivationSlice {
  /** The version that is being looked into before it goes live. */
  readonly pendingUuid: VersionUuid | null;
}

const NOTHING: ActivationSlice = { pendingUuid: null };

export const useActivation = create<ActivationSlice>(() => NOTHING);

/** What this screen believes to be live: the expectation that the server compares. */
function expectedActive(projectUuid: string): VersionUuid | null {
  const { projects } = useLibrary.getState();
  return projects?.find((project) => project.uuid === projectUuid)?.active?.versionUuid ?? null;
}

/** What is asked for is on the screen at once; that it is live is said when the server has it. */
function describeRequest({ version, avatarName }: ActivationRequest): string {
  const isOffline = useSession.getState().session?.connection === 'offline';
  if (!version) return isOffline ? activationTexts.takingOfflineLater : activationTexts.takingOffline;
  const name = generalTexts.version(avatarName ?? '', version.version);
  return isOffline ? activationTexts.makingLiveLater(name) : activationTexts.makingLive(name);
}

function settle(wish: ActivationRequest, outcome: OutputOf<'library.activate'>): void {
  if (outcome.ok) announce(describeRequest(wish));
  else showFailure(outcome.failure);
}

async function activate(wish: ActivationRequest, expectedActiveUuid: VersionUuid | null): Promise<void> {
  const versionUuid = wish.version?.uuid ?? null;
  useActivation.setState({ pendingUuid: versionUuid });
  try {
    settle(
      wish,
      await getBridge().library.activate({ projectUuid: wish.projectUuid, versionUuid, expectedActiveUuid }),
    );
  } finally {
    useActivation.setState({ pendingUuid: null });
  }
}

async function questionAbout(avatar: AvatarView, version: VersionView): Promise<BreakingQuestion | null> {
  useActivation.setState({ pendingUuid: version.uuid });
  try {
    return await breakingQuestionForVersion(avatar, version);
  } finally {
    useActivation.setState({ pendingUuid: null });
  }
}

/** Compares first, and asks if it would break something that works now. The comparison never keeps it from going live. */
export async function activateVersion(avatar: AvatarView, version: VersionView): Promise<void> {
  // Pressed again while the first press is being looked into.
  if (useActivation.getState().pendingUuid === version.uuid) return;
  const expectedActiveUuid = expectedActive(avatar.projectUuid);
  const question = await questionAbout(avatar, version);
  if (question && !(await confirmBreaking(question))) return;
  await activate({ projectUuid: avatar.projectUuid, version, avatarName: avatar.name }, expectedActiveUuid);
}

/** For a place where everything that it would break stands on the screen already. */
export async function activateWithoutAsking(avatar: AvatarView, version: VersionView): Promise<void> {
  const wish = { projectUuid: avatar.projectUuid, version, avatarName: avatar.name };
  await activate(wish, expectedActive(avatar.projectUuid));
}

export async function deactivate(projectUuid: string): Promise<void> {
  const live = findActive(useLibrary.getState().avatarsByProject[projectUuid] ?? []);
  const wish = { projectUuid, version: null, avatarName: live?.avatar.name ?? null };
  await activate(wish, expectedActive(projectUuid));
}

export function forgetActivation(): void {
  useActivation.setState(NOTHING);
}
