import type { ActiveVersionView, ProjectView } from '../../../shared/contract/library.ts';
import { ActiveDot, StateMark } from '../../components/state-mark.tsx';
import { useOfflineReason } from '../../stores/account/use-permissions.ts';
import { projectTexts } from './texts.en.ts';

/** Something else is chosen than what customers see: the server does not have the choice yet. */
export function isChoicePending({ active, confirmedActive, isActivationWaiting }: ProjectView): boolean {
  return isActivationWaiting && active?.versionUuid !== confirmedActive?.versionUuid;
}

/** What is about to become of the choice, and when. */
export function ChoiceMark({ chosen }: { readonly chosen: ActiveVersionView | null }) {
  const isOffline = useOfflineReason() !== null;
  const texts = chosen ? projectTexts.goesLive : projectTexts.goesOffline;
  return <StateMark tone="waiting" label={isOffline ? texts.later : texts.now} className="font-semibold" />;
}

/** What customers see until then, with the dot that means it. */
export function LiveUntilThen({ confirmedActive }: Pick<ProjectView, 'confirmedActive'>) {
  if (!confirmedActive) return <p className="text-ink-soft">{projectTexts.nothingLiveUntilThen}</p>;
  return (
    <p className="flex min-w-0 items-center gap-1.5 text-live">
      <ActiveDot />
      <span className="truncate">{projectTexts.liveUntilThen(confirmedActive)}</span>
    </p>
  );
}
