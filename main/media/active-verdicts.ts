import type { AvatarUuid } from '../../shared/domain/ids.ts';
import type { BundleSummary } from '../../shared/gab/compare/bundle-summary.ts';
import { compareBundles } from '../../shared/gab/compare/compare-bundles.ts';
import type { ComparisonVerdict } from '../../shared/gab/compare/comparison.ts';
import type { Readers } from '../db/local-database.ts';
import type { StoredVersion, Summaries } from './summaries.ts';

/** A file and what it contains. */
export interface SummarizedFile {
  /** Hash of the whole file. */
  readonly sha256: string;
  /** Null: it is not a valid bundle. */
  readonly summary: BundleSummary | null;
}

/**
 * Returns what the file would change, compared with the active version. Null if the active version
 * does not belong to the avatar `avatarUuid`, or if its summary is missing; then the summary is
 * requested, and `summariesArrived` follows.
 */
export type JudgeFile = (file: SummarizedFile, avatarUuid: AvatarUuid) => ComparisonVerdict | null;

/** What dropped files would change in the active version. */
export interface ActiveVerdicts {
  /** Reads the project's active version once, for a whole sheet of files. */
  against(projectUuid: string): JudgeFile;
}

/**
 * The verdict on two files never changes, and a sheet with hundreds of files is listed many times.
 */
const MAX_KEPT_VERDICTS = 2000;

export function createActiveVerdicts(read: Readers, summaries: Summaries): ActiveVerdicts {
  const verdicts = new Map<string, ComparisonVerdict>();
  return { against: (projectUuid) => judgeAgainst(activeVersion(read, projectUuid), summaries, verdicts) };
}

interface ActiveFile extends StoredVersion {
  readonly avatarUuid: AvatarUuid;
}

function activeVersion(read: Readers, projectUuid: string): ActiveFile | null {
  const active = read.projects.find(projectUuid)?.active ?? null;
  const row = active && read.versions.find(active.versionUuid);
  return row && { versionUuid: row.uuid, sha256: row.sha256, avatarUuid: row.avatarUuid };
}

function judgeAgainst(
  active: ActiveFile | null,
  summaries: Summaries,
  verdicts: Map<string, ComparisonVerdict>,
): JudgeFile {
  let activeSummary: BundleSummary | null | undefined;
  return ({ sha256, summary }, avatarUuid) => {
    if (active?.avatarUuid !== avatarUuid || summary === null) return null;
    const key = `${active.sha256} ${sha256}`;
    const kept = verdicts.get(key);
    if (kept !== undefined) return kept;
    activeSummary ??= summaries.find(active.sha256);
    if (activeSummary === undefined) summaries.request(active);
    if (!activeSummary) return null;
    const { verdict } = compareBundles(activeSummary, summary);
    keep(verdicts, key, verdict);
    return verdict;
  };
}

function keep(verdicts: Map<string, ComparisonVerdict>, key: string, verdict: ComparisonVerdict): void {
  verdicts.set(key, verdict);
  for (const oldest of verdicts.keys()) {
    if (verdicts.size <= MAX_KEPT_VERDICTS) return;
    verdicts.delete(oldest);
  }
}
