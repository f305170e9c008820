import type { ActivationView } from '../../shared/contract/library.ts';
import { commaList } from '../../shared/lib/sentence.ts';
import { activationListTexts } from './activation-list-texts.en.ts';
import { formatExactly, formatWhen } from './format-time.ts';
import { ActiveDot, PendingMark } from './state-mark.tsx';

interface ActivationListProps {
  readonly label: string;
  /** Newest first. */
  readonly activations: readonly ActivationView[];
  /** The version that is active now has a green dot. */
  readonly activeVersionUuid: string | null;
}

function ActivationRow({ activation, isActive }: { readonly activation: ActivationView; readonly isActive: boolean }) {
  const { to, at, isWaiting } = activation;
  return (
    <li className="py-1.5">
      <p className="flex items-center gap-1.5">
        {isActive ? <ActiveDot /> : null}
        <span dir="auto" className="min-w-0 truncate text-left font-medium" data-selectable>
          {to ? activationListTexts.version(to) : activationListTexts.nothing}
        </span>
        {isWaiting ? <PendingMark /> : null}
      </p>
      <p className="text-sm text-ink-soft" title={formatExactly(at)}>
        {describeActivation(activation)}
      </p>
    </li>
  );
}

/** "Tue 14:02, Dana, after its upload, before: Robin v1". */
function describeActivation({ from, how, by, at }: ActivationView): string {
  return commaList([formatWhen(at), by, activationListTexts.how[how], from && activationListTexts.before(from)]);
}

/** The versions that were live, since when, by whom and how. */
export function ActivationList({ label, activations, activeVersionUuid }: ActivationListProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {activations.map((activation, index) => (
        <ActivationRow
          key={activation.uuid}
          activation={activation}
          isActive={index === 0 && activation.to !== null && activation.to.versionUuid === activeVersionUuid}
        />
      ))}
    </ul>
  );
}
