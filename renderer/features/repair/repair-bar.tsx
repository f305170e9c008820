import { Wrench } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { dismissRepair, revealDamagedFile, useSession } from '../../stores/account/session-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { canReveal } from '../../stores/transfers/transfers-store.ts';
import { describeRepair, isAllKept } from './describe-repair.ts';
import { repairTexts } from './texts.en.ts';

/** Says how a damaged library was rebuilt, until the user dismisses it. */
export function RepairBar() {
  const repair = useSession((state) => state.session?.repair ?? null);
  if (!repair) return null;
  return (
    <section
      aria-label={repairTexts.title}
      className={classNames(
        'flex shrink-0 items-start gap-2 border-b border-line px-4 py-2',
        isAllKept(repair) ? 'bg-pane' : 'bg-warn-soft',
      )}
    >
      <Wrench size={14} aria-hidden className="mt-0.5 shrink-0 text-warn" />
      <div className="min-w-0 flex-1 wrap-anywhere select-text">
        <p role="note">
          <span className="font-medium">{repairTexts.title}.</span> {describeRepair(repair)}
        </p>
        <p className="text-sm text-ink-soft">{repairTexts.keptAt(repair.damagedFile)}</p>
      </div>
      {canReveal() ? (
        <Button look="quiet" onPress={() => start(revealDamagedFile())}>
          {repairTexts.reveal}
        </Button>
      ) : null}
      <Button onPress={() => start(dismissRepair())}>{repairTexts.dismiss}</Button>
    </section>
  );
}
