import { create } from 'zustand';
import type { OutputOf } from '../../shared/contract/bridge.ts';
import type { ActivationOutcome, AvatarView, VersionView } from '../../shared/contract/library.ts';
import { getBridge } from '../bridge/bridge.ts';
import { questionBeforeLive } from './activation-gate.ts';
import { announce } from './announcements.ts';
import { findLive } from './avatar-rules.ts';
import { type BreakingQuestion, confirmBreaking } from './breaking-question.ts';
import { useLibrary } from './library-store.ts';
import { showFailure } from './notices.ts';

/** What the user wanted to be live: a version, or nothing. */
export interface Wish {
  readonly projectUuid: string;
  readonly version: VersionView | null;
  readonly avatarName: string | null;
}

export interface ActivationConflict {
  readonly mine: Wish;
  readonly theirs: Extract<ActivationOutcome, { kind: 'conflict' }>;
}

interface ActivationSlice {
  /** A switch that somebody else got in before; kept until one of the two is chosen. */
  readonly conflict: ActivationConflict | null;
  /** The version asked for and not yet confirmed. */
  readonly pendingUuid: string | null;
}

const NOTHING: ActivationSlice = { conflict: null, pendingUuid: null };

export const useActivation = create<ActivationSlice>(() => NOTHING);

/** What this screen believes to be live: the expectation that the server compares. */
function believedLive(projectUuid: string): string | null {
  const { projects } = useLibrary.getState();
  return projects?.find((project) => project.uuid === projectUuid)?.active?.avatarUuid ?? null;
}

function settle(wish: Wish, outcome: OutputOf<'library.activate'>): void {
  if (!outcome.ok) {
    showFailure(outcome.failure);
    return;
  }
  if (outcome.value.kind === 'conflict') {
    useActivation.setState({ conflict: { mine: wish, theirs: outcome.value } });
    announce('Somebody else switched the live avatar meanwhile. Choose which one stays.');
    return;
  }
  useActivation.setState({ conflict: null });
  announce(wish.version ? `${wish.avatarName} v${wish.version.version} is live` : 'Nothing is live');
}

async function activate(wish: Wish, expectedActiveUuid: string | null): Promise<void> {
  const avatarUuid = wish.version?.uuid ?? null;
  useActivation.setState({ pendingUuid: avatarUuid });
  try {
    settle(wish, await getBridge().library.activate({ projectUuid: wish.projectUuid, avatarUuid, expectedActiveUuid }));
  } finally {
    useActivation.setState({ pendingUuid: null });
  }
}

async function questionAbout(avatar: AvatarView, version: VersionView): Promise<BreakingQuestion | null> {
  useActivation.setState({ pendingUuid: version.uuid });
  try {
    return await questionBeforeLive(avatar, version);
  } finally {
    useActivation.setState({ pendingUuid: null });
  }
}

/** Compares first, and asks if it would break something that works now. The comparison never keeps it from going live. */
export async function makeLive(avatar: AvatarView, version: VersionView): Promise<void> {
  // Pressed again while the first press is being looked into.
  if (useActivation.getState().pendingUuid === version.uuid) return;
  const expectedActiveUuid = believedLive(avatar.projectUuid);
  const question = await questionAbout(avatar, version);
  if (question && !(await confirmBreaking(question))) return;
  await activate({ projectUuid: avatar.projectUuid, version, avatarName: avatar.name }, expectedActiveUuid);
}

/** For a place where everything that it would break stands on the screen already. */
export async function makeLiveAsSeen(avatar: AvatarView, version: VersionView): Promise<void> {
  const wish = { projectUuid: avatar.projectUuid, version, avatarName: avatar.name };
  await activate(wish, believedLive(avatar.projectUuid));
}

export async function makeNoneLive(projectUuid: string): Promise<void> {
  const live = findLive(useLibrary.getState().avatarsByProject[projectUuid] ?? []);
  const wish = { projectUuid, version: null, avatarName: live?.avatar.name ?? null };
  await activate(wish, believedLive(projectUuid));
}

export function keepTheirs(): void {
  useActivation.setState({ conflict: null });
}

export async function makeMineLive(): Promise<void> {
  const { conflict } = useActivation.getState();
  if (conflict) await activate(conflict.mine, conflict.theirs.activeAvatarUuid);
}

export function forgetActivation(): void {
  useActivation.setState(NOTHING);
}
