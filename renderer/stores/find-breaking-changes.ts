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

type Live = NonNullable<ReturnType<typeof findActive>>;

interface Candidate {
  readonly pair: ComparisonPair;
  /** Whether it is a version of the avatar that is live. */
  readonly isSameAvatar: boolean;
  readonly name: string;
  readonly thumbnailUrl: string | null;
}

function liveOf(projectUuid: string): Live | null {
  return findActive(useLibrary.getState().avatarsByProject[projectUuid] ?? []);
}

/** Null: it breaks nothing, or that is not known here, which must not keep anything from going live. */
async function changeOf(candidate: Candidate): Promise<BreakingChange | null> {
  const comparison = await loadComparisonWithTimeout(candidate.pair);
  const differences = comparison ? breakingDifferences(comparison.differences, candidate) : [];
  const { pair, name, thumbnailUrl } = candidate;
  return differences.length > 0 ? { pair, name, thumbnailUrl, differences } : null;
}

async function questionAbout(
  projectUuid: string,
  live: Live,
  candidates: readonly Candidate[],
): Promise<BreakingQuestion | null> {
  const changes = (await Promise.all(candidates.map(changeOf))).filter((change) => change !== null);
  if (changes.length === 0) return null;
  return { projectUuid, activeName: generalTexts.version(live.avatar.name, live.version.version), changes };
}

/**
 * What is to be asked before this version takes the place of what is live; null: nothing, it breaks nothing that is known of. Of
 * another avatar only counts what the project itself would miss.
 */
export async function breakingQuestionForVersion(
  avatar: Pick<AvatarView, 'projectUuid' | 'avatarUuid' | 'name'>,
  version: VersionView,
): Promise<BreakingQuestion | null> {
  const live = liveOf(avatar.projectUuid);
  if (!live || live.version.uuid === version.uuid) return null;
  const candidate = {
    pair: { from: versionReference(live.version), to: versionReference(version) },
    isSameAvatar: live.avatar.avatarUuid === avatar.avatarUuid,
    name: generalTexts.version(avatar.name, version.version),
    thumbnailUrl: version.thumbnailUrl,
  };
  return questionAbout(avatar.projectUuid, live, [candidate]);
}

export interface SheetView {
  readonly files: readonly StagedFile[];
  readonly choices: UploadChoices;
}

/** A file that would take the place of what is live. */
export interface ReplacingFile {
  readonly file: StagedFile;
  readonly isSameAvatar: boolean;
}

/** New versions of the avatar that is live, and the file that would be live at the end, whatever avatar it is. */
export function filesReplacingActive(
  { files, choices }: SheetView,
  live: Pick<Live, 'avatar'> | null,
): readonly ReplacingFile[] {
  if (!live) return [];
  const able = files.filter((file) => isSendable(file) && file.activatable);
  const last = able.at(-1);
  return able
    .map((file) => {
      const { avatarUuid } = completeChoice(file, choices[file.stageId]);
      return { file, isSameAvatar: avatarUuid === live.avatar.avatarUuid };
    })
    .filter(({ file, isSameAvatar }) => isSameAvatar || file === last);
}

/** The same for all files of an upload sheet that go live when they are sent: one question, not one a file. */
export async function breakingQuestionForUpload(
  projectUuid: string,
  sheet: SheetView,
): Promise<BreakingQuestion | null> {
  const live = liveOf(projectUuid);
  const replacing = filesReplacingActive(sheet, live);
  if (!live || replacing.length === 0) return null;
  const candidates = replacing.map(({ file, isSameAvatar }) => ({
    pair: { from: versionReference(live.version), to: stagedReference(file) },
    isSameAvatar,
    name: file.fileName,
    thumbnailUrl: file.thumbnailUrl,
  }));
  return questionAbout(projectUuid, live, candidates);
}
