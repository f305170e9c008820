import type { AvatarView, VersionView } from '../../../shared/contract/library.ts';
import { isBundleFault } from '../../../shared/contract/preview-frame.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import { breakingDifferences } from '../../../shared/gab/compare/project-needs.ts';
import { loadComparisonWithTimeout } from '../comparison/comparison-cache.ts';
import { type ComparisonPair, stagedReference, versionReference } from '../comparison/comparison-sides.ts';
import { generalTexts } from '../general-texts.en.ts';
import { findActive } from '../library/avatar-rules.ts';
import { useLibrary } from '../library/library-store.ts';
import { completeChoice, isSendable, type UploadChoices } from '../uploads/upload-choices.ts';
import type { BreakingChange, BreakingQuestion, UndrawnBundle } from './breaking-question.ts';

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

async function findBreakingChanges(candidates: readonly Candidate[]): Promise<readonly BreakingChange[]> {
  return (await Promise.all(candidates.map(findBreakingChange))).filter((change) => change !== null);
}

/** Null if there is nothing to ask. */
function questionFrom(
  projectUuid: string,
  { changes, undrawn, areFiles }: Omit<BreakingQuestion, 'projectUuid' | 'activeName'>,
): BreakingQuestion | null {
  if (changes.length === 0 && undrawn.length === 0) return null;
  const active = findActiveIn(projectUuid);
  const activeName = active && generalTexts.version(active.avatar.name, active.version.version);
  return { projectUuid, activeName, changes, undrawn, areFiles };
}

/** Known on this computer, so that it is asked offline, too. */
function undrawnBundle(name: string, { thumbnailUrl, drawingFailure }: VersionView | StagedFile): UndrawnBundle[] {
  const failure = drawingFailure;
  return failure !== null && isBundleFault(failure) ? [{ name, thumbnailUrl, failure }] : [];
}

type NamedAvatar = Pick<AvatarView, 'projectUuid' | 'avatarUuid' | 'name'>;

/** The question to ask if the preview could not draw this version; null if it could, or was not tried. */
export function undrawnQuestion({ projectUuid, name }: NamedAvatar, version: VersionView): BreakingQuestion | null {
  return questionFrom(projectUuid, {
    changes: [],
    undrawn: undrawnBundle(generalTexts.version(name, version.version), version),
    areFiles: false,
  });
}

/**
 * The question to ask before activating this version; null if it breaks nothing and can be drawn.
 * Between different avatars only differences count that the project itself depends on.
 */
export async function breakingQuestionForVersion(
  avatar: NamedAvatar,
  version: VersionView,
): Promise<BreakingQuestion | null> {
  const active = findActiveIn(avatar.projectUuid);
  if (active?.version.uuid === version.uuid) return null;
  const name = generalTexts.version(avatar.name, version.version);
  const candidates = active
    ? [
        {
          pair: { from: versionReference(active.version), to: versionReference(version) },
          isSameAvatar: active.avatar.avatarUuid === avatar.avatarUuid,
          name,
          thumbnailUrl: version.thumbnailUrl,
        },
      ]
    : [];
  const changes = await findBreakingChanges(candidates);
  return questionFrom(avatar.projectUuid, { changes, undrawn: undrawnBundle(name, version), areFiles: false });
}

export interface SheetContents {
  readonly files: readonly StagedFile[];
  readonly choices: UploadChoices;
}

export interface ReplacingFile {
  readonly file: StagedFile;
  readonly isSameAvatar: boolean;
}

const isActivatable = (file: StagedFile): boolean => isSendable(file) && file.activatable;

/** The file that is active after the upload. */
const lastActivatable = (files: readonly StagedFile[]): StagedFile | undefined => files.findLast(isActivatable);

/**
 * The files that would replace the active version: new versions of its avatar, and the last
 * activatable file.
 */
export function filesReplacingActive(
  { files, choices }: SheetContents,
  active: Pick<Active, 'avatar'> | null,
): readonly ReplacingFile[] {
  if (!active) return [];
  const last = lastActivatable(files);
  return files
    .filter(isActivatable)
    .map((file) => {
      const { avatarUuid } = completeChoice(file, choices[file.stageId]);
      return { file, isSameAvatar: avatarUuid === active.avatar.avatarUuid };
    })
    .filter(({ file, isSameAvatar }) => isSameAvatar || file === last);
}

/**
 * One question for all files of an upload sheet that would be activated; null if they break nothing
 * and can be drawn.
 */
export async function breakingQuestionForUpload(
  projectUuid: string,
  sheet: SheetContents,
): Promise<BreakingQuestion | null> {
  const active = findActiveIn(projectUuid);
  const replacing = filesReplacingActive(sheet, active);
  const last = lastActivatable(sheet.files);
  const activated = new Set([...replacing.map(({ file }) => file), ...(last ? [last] : [])]);
  const changes = await findBreakingChanges(active ? replacing.map((file) => candidateFrom(file, active)) : []);
  const undrawn = [...activated].flatMap((file) => undrawnBundle(file.fileName, file));
  return questionFrom(projectUuid, { changes, undrawn, areFiles: true });
}

function candidateFrom({ file, isSameAvatar }: ReplacingFile, active: Active): Candidate {
  return {
    pair: { from: versionReference(active.version), to: stagedReference(file) },
    isSameAvatar,
    name: file.fileName,
    thumbnailUrl: file.thumbnailUrl,
  };
}
