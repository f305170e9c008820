import { Radio } from 'lucide-react';
import type { Comparison } from '../../../shared/gab/compare/comparison.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { ComparisonVerdictMark } from '../../components/comparison-verdict.tsx';
import { summarizeComparison } from '../../components/describe-difference.ts';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { activateAfterComparison, activateVersion, useActivation } from '../../stores/activation/activation-store.ts';
import type { ComparisonSide } from '../../stores/comparison/comparison-sides.ts';
import { start } from '../../stores/notices/notices.ts';
import { comparisonTexts } from './texts.en.ts';

interface BandProps {
  readonly comparison: Comparison;
  readonly from: ComparisonSide;
  readonly to: ComparisonSide;
}

/**
 * Activates without the usual question, because everything that would break is listed right below.
 */
function ActivateButton({ comparison, from, to }: BandProps) {
  const block = useReadOnlyReason(to.stored?.avatar.projectUuid);
  const pendingUuid = useActivation((state) => state.pendingUuid);
  if (!to.stored?.version.activatable || to.stored.version.isActive) return null;
  const { avatar, version } = to.stored;
  const isAgainstActive = from.stored?.version.isActive === true;
  const isBreaking = isAgainstActive && comparison.verdict === 'breaks-runtime';
  const name = from.avatarUuid === to.avatarUuid ? `v${version.version}` : to.name;
  const activate = isAgainstActive ? activateAfterComparison : activateVersion;
  return (
    <Button
      icon={Radio}
      blockedReason={block}
      isDisabled={pendingUuid === version.uuid}
      onPress={() => start(activate(avatar, version))}
    >
      {isBreaking ? comparisonTexts.makeNamedLiveAnyway(name) : comparisonTexts.makeLive(name)}
    </Button>
  );
}

export function VerdictBand(props: BandProps) {
  const { comparison } = props;
  return (
    <section
      aria-label={comparisonTexts.verdict}
      className={classNames(
        'mx-4 flex min-h-11 items-center gap-3 rounded-md border px-3 py-1.5',
        comparison.verdict === 'breaks-runtime' ? 'border-transparent bg-problem-soft' : 'border-line bg-surface',
      )}
    >
      <ComparisonVerdictMark verdict={comparison.verdict} />
      <p className="min-w-0 flex-1">{summarizeComparison(comparison)}</p>
      <ActivateButton {...props} />
    </section>
  );
}
