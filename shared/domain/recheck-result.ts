import type { GabVerdict } from '../gab/report.ts';

interface CheckedVersion {
  readonly verdict: GabVerdict;
  readonly activatable: boolean;
  /** What the check said at the upload; null unless newer rules have changed it. */
  readonly recheck: { readonly uploadVerdict: GabVerdict; readonly uploadActivatable: boolean } | null;
}

/**
 * What newer rules of the check mean for a stored version: it no longer passes, it passes now, or
 * only its findings are others.
 */
export type RecheckResult = 'fails' | 'passes' | 'other-findings';

/** Null if the version has the verdict and findings of its upload. */
export function recheckResult({ verdict, activatable, recheck }: CheckedVersion): RecheckResult | null {
  if (recheck === null) return null;
  const before = rankOf(recheck.uploadVerdict, recheck.uploadActivatable);
  const now = rankOf(verdict, activatable);
  if (now === before) return 'other-findings';
  return now < before ? 'fails' : 'passes';
}

/** Refused, stored only, or fit to be active. */
function rankOf(verdict: GabVerdict, activatable: boolean): number {
  if (verdict === 'invalid') return 0;
  return activatable ? 2 : 1;
}
