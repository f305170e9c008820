import { Diff } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { StagedFile } from '../../../shared/contract/transfers.ts';
import type { Comparison, ComparisonVerdict } from '../../../shared/gab/compare/comparison.ts';
import { breakingDifferences } from '../../../shared/gab/compare/project-needs.ts';
import { Button } from '../../components/button.tsx';
import { ComparisonVerdictMark } from '../../components/comparison-verdict.tsx';
import { differenceTexts } from '../../components/difference-texts.en.ts';
import { loadComparison } from '../../stores/comparison/comparison-cache.ts';
import { type ComparisonPair, stagedReference, versionReference } from '../../stores/comparison/comparison-sides.ts';
import { openComparison } from '../../stores/comparison/comparison-store.ts';
import { start } from '../../stores/notices/notices.ts';
import type { ReplacedAvatar } from './sheet-contents.ts';
import { uploadSheetTexts } from './texts.en.ts';

/**
 * Null until the comparison is there, and if there can't be one; the row then shows the verdict of
 * the check.
 */
function useComparisonOf(pair: ComparisonPair): Comparison | null {
  const [comparison, setComparison] = useState<Comparison | null>(null);
  useEffect(() => {
    let isWanted = true;
    const ask = async (): Promise<void> => {
      const answer = await loadComparison(pair);
      if (isWanted) setComparison(answer.ok ? answer.value : null);
    };
    start(ask());
    return () => {
      isWanted = false;
    };
  }, [pair]);
  return comparison;
}

interface ShownVerdict {
  readonly verdict: ComparisonVerdict;
  /** Differences of this verdict; 0 until they have been counted. */
  readonly count: number;
}

/**
 * A different avatar differs in everything; only features that the project would lose are worth a
 * line.
 */
function shownVerdict({
  file,
  comparison,
  isSameAvatar,
}: Pick<ActiveVerdictProps, 'file' | 'isSameAvatar'> & {
  readonly comparison: Comparison | null;
}): ShownVerdict | null {
  if (!isSameAvatar) {
    const count = breakingDifferences(comparison?.differences ?? [], { isSameAvatar }).length;
    return count > 0 ? { verdict: 'breaks-runtime', count } : null;
  }
  if (comparison === null) return file.comparisonVerdict && { verdict: file.comparisonVerdict, count: 0 };
  const { verdict, differences } = comparison;
  return { verdict, count: differences.filter((difference) => difference.verdict === verdict).length };
}

interface ActiveVerdictProps {
  readonly file: StagedFile;
  readonly active: ReplacedAvatar;
  /** Whether the file would be a version of the active avatar. */
  readonly isSameAvatar: boolean;
}

function describeComparison({ avatar, version }: ReplacedAvatar, count: number): string {
  if (count === 0) return uploadSheetTexts.comparedWithLive(avatar.name, version.version);
  return uploadSheetTexts.comparedAndCounted(avatar.name, version.version, differenceTexts.differenceCount(count));
}

/** How the file differs from the active version that it would replace. */
export function ActiveVerdict({ file, active, isSameAvatar }: ActiveVerdictProps) {
  const { stageId } = file;
  const { uuid } = active.version;
  const pair = useMemo(() => ({ from: versionReference({ uuid }), to: stagedReference({ stageId }) }), [stageId, uuid]);
  const comparison = useComparisonOf(pair);
  const shown = shownVerdict({ file, comparison, isSameAvatar });
  if (shown === null) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <p className="flex flex-wrap items-center gap-x-1.5 text-sm">
        <ComparisonVerdictMark verdict={shown.verdict} />
        <span className="text-ink-soft">{describeComparison(active, shown.count)}</span>
      </p>
      <Button
        look="quiet"
        icon={Diff}
        className="h-6 px-2 text-sm font-normal"
        onPress={() => openComparison(file.projectUuid, pair)}
      >
        {uploadSheetTexts.compareWithLive}
      </Button>
    </div>
  );
}
