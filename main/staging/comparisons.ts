import type { BundleReference } from '../../shared/contract/bundle-reference.ts';
import type { ApplicationFailureCode, Failure } from '../../shared/contract/failure.ts';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';
import type { BundleSummary } from '../../shared/gab/compare/bundle-summary.ts';
import { compareBundles } from '../../shared/gab/compare/compare-bundles.ts';
import type { Comparison, ComparisonVerdict } from '../../shared/gab/compare/comparison.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Readers } from '../db/local-database.ts';
import { STAGE_GONE, VERSION_GONE } from '../failures/bundle-failures.ts';
import type { Summaries } from '../media/summaries.ts';
import type { StagedSummary } from './staged-entry.ts';

export interface ComparisonsOptions {
  readonly read: Readers;
  readonly summaries: Summaries;
  /** Null: no such file waits in the upload sheet, or it is not checked yet. */
  stagedSummary(stageId: string): StagedSummary | null;
}

/** What changes from one bundle to another. */
export interface Comparisons {
  /** Failures: `not_found`, `stage_gone`, `not_comparable`, and those of the network where a summary is not here yet. */
  compare(from: BundleReference, to: BundleReference): Promise<Result<Comparison, Failure>>;
  /** What waiting files change against what is live in their project now. Read once for a whole sheet of them. */
  againstLive(projectUuid: string): JudgeStaged;
}

/**
 * What the file changes, if the live version is one of the avatar `avatarUuid`. Null: it is not, or its summary is not here; then
 * it is asked for, and the upload sheet hears of it when it came.
 */
export type JudgeStaged = (staged: StagedSummary, avatarUuid: AvatarUuid) => ComparisonVerdict | null;

/** Verdicts of pairs of files, which never change; a sheet of hundreds is listed many times. */
const MAX_KEPT_VERDICTS = 2000;

const NOT_COMPARABLE: Failure = {
  code: 'not_comparable' satisfies ApplicationFailureCode,
  title: 'These two cannot be compared',
  detail: 'One of them is no bundle that can be read, so nothing is known of what is inside.',
};

export function createComparisons(options: ComparisonsOptions): Comparisons {
  const verdicts = new Map<string, ComparisonVerdict>();
  return {
    compare: (from, to) => compare(options, from, to),
    againstLive: (projectUuid) => judgeAgainst(options, liveVersion(options.read, projectUuid), verdicts),
  };
}

interface LiveVersion {
  readonly versionUuid: VersionUuid;
  readonly sha256: string;
  readonly avatarUuid: AvatarUuid;
}

function liveVersion(read: Readers, projectUuid: string): LiveVersion | null {
  const active = read.projects.find(projectUuid)?.active ?? null;
  const row = active && read.versions.find(active.versionUuid);
  return row && { versionUuid: row.uuid, sha256: row.sha256, avatarUuid: row.avatarUuid };
}

function judgeAgainst(
  { summaries }: ComparisonsOptions,
  live: LiveVersion | null,
  verdicts: Map<string, ComparisonVerdict>,
): JudgeStaged {
  let liveSummary: BundleSummary | null | undefined;
  return ({ sha256, summary }, avatarUuid) => {
    if (live?.avatarUuid !== avatarUuid || summary === null) return null;
    const key = `${live.sha256} ${sha256}`;
    const kept = verdicts.get(key);
    if (kept !== undefined) return kept;
    liveSummary ??= summaries.known(live.sha256);
    if (liveSummary === undefined) summaries.request(live);
    if (!liveSummary) return null;
    const { verdict } = compareBundles(liveSummary, summary);
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

async function compare(
  options: ComparisonsOptions,
  from: BundleReference,
  to: BundleReference,
): Promise<Result<Comparison, Failure>> {
  const [before, after] = await Promise.all([summaryOf(options, from), summaryOf(options, to)]);
  if (!before.ok) return before;
  if (!after.ok) return after;
  if (before.value === null || after.value === null) return fail(NOT_COMPARABLE);
  return ok(compareBundles(before.value, after.value));
}

async function summaryOf(
  options: ComparisonsOptions,
  bundle: BundleReference,
): Promise<Result<BundleSummary | null, Failure>> {
  if (bundle.kind === 'staged') {
    const staged = options.stagedSummary(bundle.stageId);
    return staged === null ? fail(STAGE_GONE) : ok(staged.summary);
  }
  const row = options.read.versions.find(bundle.versionUuid);
  if (row === null) return fail(VERSION_GONE);
  if (row.container !== 'gab') return ok(null);
  const answer = await options.summaries.of({ versionUuid: row.uuid, sha256: row.sha256 });
  return answer.ok ? answer : fail(answer.failure.failure);
}
