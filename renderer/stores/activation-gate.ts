import type { AvatarView, VersionView } from '../../shared/contract/library.ts';
import type { StagedFile } from '../../shared/contract/transfers.ts';
import { findLive } from './avatar-rules.ts';
import type { BreakingChange, BreakingQuestion } from './breaking-question.ts';
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

async function questionAbout(
  projectUuid: string,
  live: Live,
  candidates: readonly Candidate[],
): Promise<BreakingQuestion | null> {
  const changes = (await Promise.all(candidates.map(changeOf))).filter((change) => change !== null);
  if (changes.length === 0) return null;
  return { projectUuid, liveName: `${live.avatar.name} v${live.version.version}`, changes };
}

/**
 * What is to be asked before this version takes the place of another version of its avatar; null: nothing, it breaks nothing that is
 * known of. Another avatar is not asked about: it is another on purpose, with motions, bones and a mouth of its own.
 */
export async function questionBeforeLive(
  avatar: Pick<AvatarView, 'projectUuid' | 'lineageUuid' | 'name'>,
  version: VersionView,
): Promise<BreakingQuestion | null> {
  const live = liveOf(avatar.projectUuid);
  if (live?.avatar.lineageUuid !== avatar.lineageUuid || live.version.uuid === version.uuid) return null;
  const candidate = {
    pair: { from: versionReference(live.version), to: versionReference(version) },
    name: `${avatar.name} v${version.version}`,
    thumbnailUrl: version.thumbnailUrl,
  };
  return questionAbout(avatar.projectUuid, live, [candidate]);
}

export interface SheetView {
  readonly files: readonly StagedFile[];
  readonly choices: UploadChoices;
}

/** The files that would be the next version of the avatar that is live, and could go live. */
export function filesReplacingLive({ files, choices }: SheetView, live: Pick<Live, 'avatar'> | null): StagedFile[] {
  if (!live) return [];
  return files.filter((file) => {
    if (!isSendable(file) || !file.activatable) return false;
    return completeChoice(file, choices[file.stageId]).lineageUuid === live.avatar.lineageUuid;
  });
}

/** The same for all files of an upload sheet that go live when they are sent: one question, not one a file. */
export async function questionBeforeSending(projectUuid: string, sheet: SheetView): Promise<BreakingQuestion | null> {
  const live = liveOf(projectUuid);
  const replacing = filesReplacingLive(sheet, live);
  if (!live || replacing.length === 0) return null;
  const candidates = replacing.map((file) => ({
    pair: { from: versionReference(live.version), to: stagedReference(file) },
    name: file.fileName,
    thumbnailUrl: file.thumbnailUrl,
  }));
  return questionAbout(projectUuid, live, candidates);
}
