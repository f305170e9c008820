import type { ActiveVersionView, AvatarView, VersionView } from '../../../shared/contract/library.ts';
import { isBundleFault } from '../../../shared/contract/preview-frame.ts';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import type { Comparison } from '../../../shared/gab/compare/comparison.ts';
import { breakingDifferences } from '../../../shared/gab/compare/project-needs.ts';
import { loadComparisonInTime, type TimelyReply } from '../comparison/comparison-cache.ts';
import { type ComparisonPair, stagedReference, versionReference } from '../comparison/comparison-sides.ts';
import { generalTexts } from '../general-texts.en.ts';
import { useLibrary } from '../library/library-store.ts';
import type { PlannedFile } from '../uploads/upload-choices.ts';
import type { BreakingChange, BreakingQuestion, UncomparedVersion, UndrawnBundle } from './breaking-question.ts';

/** A bundle that is about to replace the active version. */
interface Candidate {
  readonly pair: ComparisonPair;
  /** Whether it is a version of the active avatar. */
  readonly isSameAvatar: boolean;
  readonly name: string;
  readonly thumbnailUrl: string | null;
}

type Compare = (pair: ComparisonPair) => Promise<TimelyReply>;

/**
 * As the project names it: its avatars may not be loaded, and nothing would be compared then.
 */
function findActive(projectUuid: string): ActiveVersionView | null {
  return useLibrary.getState().projects?.find(({ uuid }) => uuid === projectUuid)?.active ?? null;
}

const nameOf = ({ name, version }: ActiveVersionView): string => generalTexts.version(name, version);

/** Null if nothing breaks. */
function breakingChange(candidate: Candidate, comparison: Comparison): BreakingChange | null {
  const differences = breakingDifferences(comparison.differences, candidate);
  const { pair, name, thumbnailUrl } = candidate;
  return differences.length > 0 ? { pair, name, thumbnailUrl, differences } : null;
}

/** What a person should know before the candidate replaces the active version. */
async function judge(
  candidate: Candidate,
  compare: Compare,
): Promise<{ readonly changes: readonly BreakingChange[]; readonly uncompared: UncomparedVersion | null }> {
  const reply = await compare(candidate.pair);
  const { pair, name, thumbnailUrl } = candidate;
  if (!reply.ok) return { changes: [], uncompared: { pair, name, thumbnailUrl, failure: reply.failure } };
  const change = breakingChange(candidate, reply.value);
  return { changes: change === null ? [] : [change], uncompared: null };
}

/** Null if there is nothing to ask. */
function questionFrom(
  projectUuid: string,
  { changes, undrawn, uncompared, areFiles }: Omit<BreakingQuestion, 'projectUuid' | 'activeName'>,
): BreakingQuestion | null {
  if (changes.length === 0 && undrawn.length === 0 && uncompared === null) return null;
  const active = findActive(projectUuid);
  return { projectUuid, activeName: active && nameOf(active), changes, undrawn, uncompared, areFiles };
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
    uncompared: null,
    areFiles: false,
  });
}

/**
 * The question to ask before activating this version; null if it is known to break nothing and can
 * be drawn. Between different avatars only differences count that the project itself depends on. By
 * default a comparison that takes long is not waited for, but asked about.
 */
export async function breakingQuestionForVersion(
  avatar: NamedAvatar,
  version: VersionView,
  compare: Compare = loadComparisonInTime,
): Promise<BreakingQuestion | null> {
  const { projectUuid, avatarUuid } = avatar;
  const active = findActive(projectUuid);
  if (active?.versionUuid === version.uuid) return null;
  const name = generalTexts.version(avatar.name, version.version);
  const undrawn = undrawnBundle(name, version);
  if (!active) return questionFrom(projectUuid, { changes: [], undrawn, uncompared: null, areFiles: false });
  const pair = { from: versionReference({ uuid: active.versionUuid }), to: versionReference(version) };
  const isSameAvatar = active.avatarUuid === avatarUuid;
  const judged = await judge({ pair, isSameAvatar, name, thumbnailUrl: version.thumbnailUrl }, compare);
  return questionFrom(projectUuid, { ...judged, undrawn, areFiles: false });
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
  const active = findActive(projectUuid);
  const questionAbout = (changes: readonly BreakingChange[]): BreakingQuestion | null =>
    questionFrom(projectUuid, {
      changes,
      undrawn: undrawnBundle(file.fileName, file),
      uncompared: null,
      areFiles: true,
    });
  if (!active) return { question: questionAbout([]), over: null, comparedLaterWith: null };
  const { changes, uncompared } = await judge(
    {
      pair: { from: versionReference({ uuid: active.versionUuid }), to: stagedReference(file) },
      isSameAvatar: choice.avatarUuid === active.avatarUuid,
      name: file.fileName,
      thumbnailUrl: file.thumbnailUrl,
    },
    loadComparisonInTime,
  );
  const question = questionAbout(changes);
  return uncompared === null
    ? { question, over: active.versionUuid, comparedLaterWith: null }
    : { question, over: null, comparedLaterWith: nameOf(active) };
}
