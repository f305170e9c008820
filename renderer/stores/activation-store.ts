import { create } from 'zustand';
import type { OutputOf } from '../../shared/contract/bridge.ts';
import type { AvatarView, VersionView } from '../../shared/contract/library.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { getBridge } from '../bridge/bridge.ts';
import { activationTexts } from './activation-texts.en.ts';
import { announce } from './announcements.ts';
import { findActive } from './avatar-rules.ts';
import { type BreakingQuestion, confirmBreaking } from './breaking-question.ts';
import { breakingQuestionForVersion, undrawnQuestion } from './find-breaking-changes.ts';
import { generalTexts } from './general-texts.en.ts';
import { useLibrary } from './library-store.ts';
import { showFailure } from './notices.ts';
import { useSession } from './session-store.ts';

/** Version null: no version is to be active. */
export interface ActivationRequest {
  readonly projectUuid: string;
  readonly version: VersionView | null;
  readonly avatarName: string | null;
}

interface ActivationSlice {
  /** The version that is being checked or activated. */
  readonly pendingUuid: VersionUuid | null;
}

const NOTHING: ActivationSlice = { pendingUuid: null };

export const useActivation = create<ActivationSlice>(() => NOTHING);

/**
 * The active version that this screen shows. The server refuses the change if it is another one.
 */
function expectedActive(projectUuid: string): VersionUuid | null {
  const { projects } = useLibrary.getState();
  return projects?.find((project) => project.uuid === projectUuid)?.active?.versionUuid ?? null;
}

/**
 * The request shows on the screen at once; that the version is active is announced when the server
 * has confirmed it.
 */
function describeRequest({ version, avatarName }: ActivationRequest): string {
  const isOffline = useSession.getState().session?.connection === 'offline';
  if (!version) return isOffline ? activationTexts.takingOfflineLater : activationTexts.takingOffline;
  const name = generalTexts.version(avatarName ?? '', version.version);
  return isOffline ? activationTexts.makingLiveLater(name) : activationTexts.makingLive(name);
}

function settle(request: ActivationRequest, outcome: OutputOf<'library.activate'>): void {
  if (outcome.ok) announce(describeRequest(request));
  else showFailure(outcome.failure);
}

async function activate(request: ActivationRequest, expectedActiveUuid: VersionUuid | null): Promise<void> {
  const versionUuid = request.version?.uuid ?? null;
  useActivation.setState({ pendingUuid: versionUuid });
  try {
    settle(
      request,
      await getBridge().library.activate({ projectUuid: request.projectUuid, versionUuid, expectedActiveUuid }),
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

/**
 * Compares first, and asks if something that works now would break, or if the preview could not draw
 * the version. A failed comparison does not block the activation.
 */
export async function activateVersion(avatar: AvatarView, version: VersionView): Promise<void> {
  // The first press is still being checked.
  if (useActivation.getState().pendingUuid === version.uuid) return;
  const expectedActiveUuid = expectedActive(avatar.projectUuid);
  const question = await questionAbout(avatar, version);
  if (question && !(await confirmBreaking(question))) return;
  await activate({ projectUuid: avatar.projectUuid, version, avatarName: avatar.name }, expectedActiveUuid);
}

/**
 * For the comparison page, which already shows everything that would break: asks only if the preview
 * could not draw the version.
 */
export async function activateAfterComparison(avatar: AvatarView, version: VersionView): Promise<void> {
  const question = undrawnQuestion(avatar, version);
  if (question && !(await confirmBreaking(question))) return;
  const request = { projectUuid: avatar.projectUuid, version, avatarName: avatar.name };
  await activate(request, expectedActive(avatar.projectUuid));
}

export async function deactivate(projectUuid: string): Promise<void> {
  const active = findActive(useLibrary.getState().avatarsByProject[projectUuid] ?? []);
  const request = { projectUuid, version: null, avatarName: active?.avatar.name ?? null };
  await activate(request, expectedActive(projectUuid));
}

export function forgetActivation(): void {
  useActivation.setState(NOTHING);
}
