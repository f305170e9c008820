import type { AvatarView, VersionView } from '../../../shared/contract/library.ts';
import { isBundleFault } from '../../../shared/contract/preview-frame.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import type { Comparison } from '../../../shared/gab/compare/comparison.ts';
import { breakingDifferences } from '../../../shared/gab/compare/project-needs.ts';
import { loadComparisonWithTimeout } from '../comparison/comparison-cache.ts';
import { type ComparisonPair, stagedReference, versionReference } from '../comparison/comparison-sides.ts';
import { generalTexts } from '../general-texts.en.ts';
import { findActive } from '../library/avatar-rules.ts';
import { useLibrary } from '../library/library-store.ts';
import type { PlannedFile } from '../uploads/upload-choices.ts';
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

/** Returns null if there is no comparison, or not in time. */
type Compare = (pair: ComparisonPair) => Promise<Comparison | null>;

function findActiveIn(projectUuid: string): Active | null {
  return findActive(useLibrary.getState().avatarsByProject[projectUuid] ?? []);
}

/** Null if nothing breaks. */
function breakingChange(candidate: Candidate, comparison: Comparison): BreakingChange | null {
  const differences = breakingDifferences(comparison.differences, candidate);
  const { pair, name, thumbnailUrl } = candidate;
  return differences.length > 0 ? { pair, name, thumbnailUrl, differences } : null;
}

/**
 * Null if nothing breaks, or if the comparison is not available: that must not block an activation.
 */
async function findBreakingChange(candidate: Candidate, compare: Compare): Promise<BreakingChange | null> {
  const comparison = await compare(candidate.pair);
  return comparison && breakingChange(candidate, comparison);
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
 * Between different avatars only differences count that the project itself depends on. By default a
 * comparison that takes long is not waited for.
 */
export async function breakingQuestionForVersion(
  avatar: NamedAvatar,
  version: VersionView,
  compare: Compare = loadComparisonWithTimeout,
): Promise<BreakingQuestion | null> {
  const active = findActiveIn(avatar.projectUuid);
  if (active?.version.uuid === version.uuid) return null;
  const name = generalTexts.version(avatar.name, version.version);
  const candidate = active && {
    pair: { from: versionReference(active.version), to: versionReference(version) },
    isSameAvatar: active.avatar.avatarUuid === avatar.avatarUuid,
    name,
    thumbnailUrl: version.thumbnailUrl,
  };
  const change = candidate && (await findBreakingChange(candidate, compare));
  const changes = change === null ? [] : [change];
  return questionFrom(avatar.projectUuid, { changes, undrawn: undrawnBundle(name, version), areFiles: false });
}

/** What is known about a file before it is uploaded to be activated. */
export interface UploadVerdict {
  /** Null if there is nothing to ask. */
  readonly question: BreakingQuestion | null;
  /**
   * The active version that it may replace after the answer. Null if nothing is active, or if the
   * comparison is not ready: then it replaces nothing without another question.
   */
  readonly over: VersionUuid | null;
  /** "Robin v2", if the comparison with it is not ready. */
  readonly comparedLaterWith: string | null;
}

/** Compares a file with the active version that it would replace. */
export async function judgeUpload(projectUuid: string, { file, choice }: PlannedFile): Promise<UploadVerdict> {
  const active = findActiveIn(projectUuid);
  const undrawn = undrawnBundle(file.fileName, file);
  if (!active) {
    const question = questionFrom(projectUuid, { changes: [], undrawn, areFiles: true });
    return { question, over: null, comparedLaterWith: null };
  }
  const candidate = {
    pair: { from: versionReference(active.version), to: stagedReference(file) },
    isSameAvatar: choice.avatarUuid === active.avatar.avatarUuid,
    name: file.fileName,
    thumbnailUrl: file.thumbnailUrl,
  };
  const comparison = await loadComparisonWithTimeout(candidate.pair);
  if (!comparison) {
    const comparedLaterWith = generalTexts.version(active.avatar.name, active.version.version);
    const question = questionFrom(projectUuid, { changes: [], undrawn, areFiles: true });
    return { question, over: null, comparedLaterWith };
  }
  const change = breakingChange(candidate, comparison);
  const changes = change === null ? [] : [change];
  const question = questionFrom(projectUuid, { changes, undrawn, areFiles: true });
  return { question, over: active.version.uuid, comparedLaterWith: null };
}
