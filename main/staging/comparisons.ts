import { toFailure } from '../../node/api-client/api-failure.ts';
import type { BundleReference } from '../../shared/contract/bundle-reference.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { BundleSummary } from '../../shared/gab/compare/bundle-summary.ts';
import { compareBundles } from '../../shared/gab/compare/compare-bundles.ts';
import type { Comparison } from '../../shared/gab/compare/comparison.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Readers } from '../db/local-database.ts';
import type { Summaries } from '../media/summaries.ts';
import type { Staging } from './staging.ts';

export interface ComparisonsOptions {
  readonly read: Readers;
  readonly summaries: Summaries;
  readonly staging: Pick<Staging, 'summary'>;
}

/** Compares two bundles. */
export interface Comparisons {
  /**
   * Failures: `version_gone`, `stage_gone`, `not_comparable`, and network failures if a summary must
   * be fetched.
   */
  compare(from: BundleReference, to: BundleReference): Promise<Result<Comparison, Failure>>;
}

export function createComparisons(options: ComparisonsOptions): Comparisons {
  return { compare: (from, to) => compare(options, from, to) };
}

async function compare(
  options: ComparisonsOptions,
  from: BundleReference,
  to: BundleReference,
): Promise<Result<Comparison, Failure>> {
  const [before, after] = await Promise.all([summaryOf(options, from), summaryOf(options, to)]);
  if (!before.ok) return before;
  if (!after.ok) return after;
  if (before.value === null || after.value === null) return fail({ code: 'not_comparable' });
  return ok(compareBundles(before.value, after.value));
}

async function summaryOf(
  options: ComparisonsOptions,
  bundle: BundleReference,
): Promise<Result<BundleSummary | null, Failure>> {
  if (bundle.kind === 'staged') {
    const staged = options.staging.summary(bundle.stageId);
    return staged === null ? fail({ code: 'stage_gone' }) : ok(staged.summary);
  }
  const row = options.read.versions.find(bundle.versionUuid);
  if (row === null) return fail({ code: 'version_gone' });
  if (row.container !== 'gab') return ok(null);
  const result = await options.summaries.of({ versionUuid: row.uuid, sha256: row.sha256 });
  return result.ok ? result : fail(toFailure(result.failure));
}
