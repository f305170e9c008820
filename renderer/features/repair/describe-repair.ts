import type { LibraryRepair } from '../../../shared/contract/library-repair.ts';
import { repairTexts as texts } from './texts.en.ts';

/** What happened, what was kept, and what may be lost. */
export function describeRepair(repair: LibraryRepair): string {
  return [texts.what, ...describeKept(repair), ...describeLost(repair)].join(' ');
}

export function isAllKept({ operations, uploads, settings }: LibraryRepair): boolean {
  return operations.isComplete && uploads.isComplete && settings.isComplete;
}

function describeKept(repair: LibraryRepair): readonly string[] {
  const { operations, uploads, settings, parkedOperations } = repair;
  const kept = [
    { count: operations.kept, text: texts.changes },
    { count: uploads.kept, text: texts.uploads },
    { count: settings.kept, text: texts.settings },
  ].filter(({ count }) => count > 0);
  const total = kept.reduce((sum, { count }) => sum + count, 0);
  const parts = kept.map(({ count, text }) => text(count));
  return [
    ...(total > 0 ? [texts.kept(parts, total === 1)] : []),
    ...(parkedOperations > 0 ? [texts.toReview(parkedOperations)] : []),
    ...(isAllKept(repair) ? [texts.nothingLost] : []),
  ];
}

function describeLost({ operations, uploads, settings }: LibraryRepair): readonly string[] {
  const kinds = [
    ...(operations.isComplete ? [] : [texts.someChanges]),
    ...(uploads.isComplete ? [] : [texts.someUploads]),
    ...(settings.isComplete ? [] : [texts.someSettings]),
  ];
  if (kinds.length === 0) return [];
  return [texts.mayBeLost(kinds), ...(uploads.isComplete ? [] : [texts.uploadCopies])];
}
