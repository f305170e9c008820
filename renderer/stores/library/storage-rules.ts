import type { ProjectStorageView } from '../../../shared/contract/projects.ts';
import type { QuotaScope } from '../../../shared/domain/quota.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { storageTexts } from './storage-texts.en.ts';

interface LimitedUse {
  readonly scope: QuotaScope;
  readonly usedBytes: number;
  readonly quotaBytes: number;
}

/** One line about storage. `isProblem`: an upload will be refused. */
export interface StorageLine {
  readonly text: string;
  readonly isProblem: boolean;
}

const leftIn = ({ usedBytes, quotaBytes }: LimitedUse): number => Math.max(0, quotaBytes - usedBytes);

/** The quota with the least room; null if nothing is limited. */
function findTightest({ project, customer, user }: ProjectStorageView): LimitedUse | null {
  const uses = { project, customer, user };
  const limited = (['project', 'customer', 'user'] as const).flatMap((scope): LimitedUse[] => {
    const use = uses[scope];
    if (use === null || use.quotaBytes === null) return [];
    return [{ scope, usedBytes: use.usedBytes, quotaBytes: use.quotaBytes }];
  });
  return limited.toSorted((one, other) => leftIn(one) - leftIn(other))[0] ?? null;
}

/** How full the quota with the least room is; null if nothing is limited. */
export function describeStorage(storage: ProjectStorageView): StorageLine | null {
  const tightest = findTightest(storage);
  if (tightest === null) return null;
  const { scope, usedBytes, quotaBytes } = tightest;
  if (leftIn(tightest) === 0) return { text: storageTexts.full[scope], isProblem: true };
  return { text: storageTexts.used[scope](formatBytes(usedBytes), formatBytes(quotaBytes)), isProblem: false };
}

/** The same before an upload of `neededBytes`: says so if it does not fit. */
export function describeRoom(storage: ProjectStorageView, neededBytes: number): StorageLine | null {
  const tightest = findTightest(storage);
  if (tightest === null || neededBytes <= leftIn(tightest)) return describeStorage(storage);
  if (leftIn(tightest) === 0) return describeStorage(storage);
  return {
    text: storageTexts.doesNotFit(formatBytes(neededBytes), formatBytes(leftIn(tightest))),
    isProblem: true,
  };
}
