import type { AvatarView, VersionView } from '../../shared/contract/library.ts';
import type { StagedFile } from '../../shared/contract/transfers.ts';
import { breakingDifferences } from '../../shared/gab/compare/project-needs.ts';
import { findActive } from './avatar-rules.ts';
import type { BreakingChange, BreakingQuestion } from './breaking-question.ts';
import { loadComparisonWithTimeout } from './comparison-cache.ts';
import { type ComparisonPair, stagedReference, versionReference } from './comparison-sides.ts';
import { generalTexts } from './general-texts.en.ts';
import { useLibrary } from './library-store.ts';
import { completeChoice, isSendable, type UploadChoices } from './upload-choices.ts';

type Active = NonNullable<ReturnType<typeof findActive>>;

/** A bundle that is about to replace the active version. */
interface Candidate {
  readonly pair: ComparisonPair;
  /** Whether it is a version of the active avatar. */
  readonly isSameAvatar: boolean;
  readonly name: string;
  readonly thumbnailUrl: string | null;
}

function findActiveIn(projectUuid: string): Active | null {
  return findActive(useLibrary.getState().avatarsByProject[projectUuid] ?? []);
}

/**
 * Null if nothing breaks, or if the comparison is not available: that must not block an activation.
 */
async function findBreakingChange(candidate: Candidate): Promise<BreakingChange | null> {
  const comparison = await loadComparisonWithTimeout(candidate.pair);
  const differences = comparison ? breakingDifferences(comparison.differences, candidate) : [];
  const { pair, name, thumbnailUrl } = candidate;
  return differences.length > 0 ? { pair, name, thumbnailUrl, differences } : null;
}

async function questionAbout(
  projectUuid: string,
  active: Active,
  candidates: readonly Candidate[],
): Promise<BreakingQuestion | null> {
  const changes = (await Promise.all(candidates.map(findBreakingChange))).filter((change) => change !== null);
  if (changes.length === 0) return null;
  return { projectUuid, activeName: generalTexts.version(active.avatar.name, active.version.version), changes };
}

/**
 * The question to ask before activating this version; null if it breaks nothing. Between different
 * avatars only differences count that the project itself depends on.
 */
export async function breakingQuestionForVersion(
  avatar: Pick<AvatarView, 'projectUuid' | 'avatarUuid' | 'name'>,
  version: VersionView,
): Promise<BreakingQuestion | null> {
  const active = findActiveIn(avatar.projectUuid);
  if (!active || active.version.uuid === version.uuid) return null;
  const candidate = {
    pair: { from: versionReference(active.version), to: versionReference(version) },
    isSameAvatar: active.avatar.avatarUuid === avatar.avatarUuid,
    name: generalTexts.version(avatar.name, version.version),
    thumbnailUrl: version.thumbnailUrl,
  };
  return questionAbout(avatar.projectUuid, active, [candidate]);
}

export interface SheetContents {
  readonly files: readonly StagedFile[];
  readonly choices: UploadChoices;
}

export interface ReplacingFile {
  readonly file: StagedFile;
  readonly isSameAvatar: boolean;
}

/**
 * The files that would replace the active version: new versions of its avatar, and the last
 * activatable file.
 */
export function filesReplacingActive(
  { files, choices }: SheetContents,
  active: Pick<Active, 'avatar'> | null,
): readonly ReplacingFile[] {
  if (!active) return [];
  const activatable = files.filter((file) => isSendable(file) && file.activatable);
  const last = activatable.at(-1);
  return activatable
    .map((file) => {
      const { avatarUuid } = completeChoice(file, choices[file.stageId]);
      return { file, isSameAvatar: avatarUuid === active.avatar.avatarUuid };
    })
    .filter(({ file, isSameAvatar }) => isSameAvatar || file === last);
}

/**
 * One question for all files of an upload sheet that would be activated; null if they break
 * nothing.
 */
export async function breakingQuestionForUpload(
  projectUuid: string,
  sheet: SheetContents,
): Promise<BreakingQuestion | null> {
  const active = findActiveIn(projectUuid);
  const replacing = filesReplacingActive(sheet, active);
  if (!active || replacing.length === 0) return null;
  const candidates = replacing.map(({ file, isSameAvatar }) => ({
    pair: { from: versionReference(active.version), to: stagedReference(file) },
    isSameAvatar,
    name: file.fileName,
    thumbnailUrl: file.thumbnailUrl,
  }));
  return questionAbout(projectUuid, active, candidates);
}
