import type { AvatarView, VersionView } from '../../shared/contract/library.ts';
import type { StagedFile } from '../../shared/contract/transfers.ts';
import { findLive } from './avatar-rules.ts';
import { type BreakingChange, confirmBreaking } from './breaking-question.ts';
import { askComparisonSoon } from './comparison-answers.ts';
import { breaking } from './comparison-rules.ts';
import { type ComparisonPair, stagedReference, versionReference } from './comparison-sides.ts';
import { useLibrary } from './library-store.ts';
import { completeChoice, isSendable, type UploadChoices } from './upload-plan.ts';

type Live = NonNullable<ReturnType<typeof findLive>>;

interface Candidate {
  readonly pair: ComparisonPair;
  readonly name: string;
  readonly thumbnailUrl: string | null;
}

function liveOf(projectUuid: string): Live | null {
  return findLive(useLibrary.getState().avatarsByProject[projectUuid] ?? []);
}

/** Null: it breaks nothing, or that is not known here, which must not keep anything from going live. */
async function changeOf(candidate: Candidate): Promise<BreakingChange | null> {
  const comparison = await askComparisonSoon(candidate.pair);
  const differences = comparison ? breaking(comparison.differences) : [];
  return differences.length > 0 ? { ...candidate, differences } : null;
}

async function mayReplace(projectUuid: string, live: Live, candidates: readonly Candidate[]): Promise<boolean> {
  const changes = (await Promise.all(candidates.map(changeOf))).filter((change) => change !== null);
  if (changes.length === 0) return true;
  return confirmBreaking({ projectUuid, liveName: `${live.avatar.name} v${live.version.version}`, changes });
}

/** True if this version may take the place of what is live: it breaks nothing, or the designer wants it anyway. */
export async function mayGoLive(
  avatar: Pick<AvatarView, 'projectUuid' | 'name'>,
  version: VersionView,
): Promise<boolean> {
  const live = liveOf(avatar.projectUuid);
  if (!live || live.version.uuid === version.uuid) return true;
  const candidate = {
    pair: { from: versionReference(live.version), to: versionReference(version) },
    name: `${avatar.name} v${version.version}`,
    thumbnailUrl: version.thumbnailUrl,
  };
  return mayReplace(avatar.projectUuid, live, [candidate]);
}

/** Whether a file would be the next version of the avatar that is live, and could go live. */
export function replacesLive(file: StagedFile, choices: UploadChoices, live: Pick<Live, 'avatar'> | null): boolean {
  if (!live || !isSendable(file) || !file.activatable) return false;
  return completeChoice(file, choices[file.stageId]).lineageUuid === live.avatar.lineageUuid;
}

/** The same for all files of an upload sheet that go live when they are sent: one question, not one a file. */
export async function mayAllGoLive(
  projectUuid: string,
  files: readonly StagedFile[],
  choices: UploadChoices,
): Promise<boolean> {
  const live = liveOf(projectUuid);
  const replacing = files.filter((file) => replacesLive(file, choices, live));
  if (!live || replacing.length === 0) return true;
  const candidates = replacing.map((file) => ({
    pair: { from: versionReference(live.version), to: stagedReference(file) },
    name: file.fileName,
    thumbnailUrl: file.thumbnailUrl,
  }));
  return mayReplace(projectUuid, live, candidates);
}
