import { CloudOff } from 'lucide-react';
import { isOnTheWay } from '../../shared/contract/transfer-progress.ts';
import { useSession } from '../stores/account/session-store.ts';
import { failureSentences } from '../stores/failures/explain-failure.ts';
import { refusalOf } from '../stores/notices/refusal-of.ts';
import { describePending, isPending } from '../stores/outbox/operation-rules.ts';
import { useOperations } from '../stores/outbox/operations-store.ts';
import { useTransfers } from '../stores/transfers/transfers-store.ts';
import { appTexts } from './texts.en.ts';

function usePending(): string | null {
  const changes = useOperations((state) => state.operations.filter(isPending).length);
  const uploads = useTransfers(
    (state) => state.transfers.filter((transfer) => transfer.kind === 'upload' && isOnTheWay(transfer)).length,
  );
  return describePending(changes, uploads);
}

function Sentence() {
  const pending = usePending();
  const refusal = useSession((state) => state.session && refusalOf(state.session));
  return (
    <p role="note" aria-label={appTexts.offline}>
      <span className="font-medium">{appTexts.offline}.</span> {refusal ? `${failureSentences(refusal)} ` : ''}
      {pending ?? appTexts.offlineHelp}
    </p>
  );
}

/** A quiet line with the pending work, because nothing is blocked while offline. */
export function OfflineBar() {
  const isOffline = useSession((state) => state.session?.connection === 'offline');
  if (!isOffline) return null;
  return (
    <section
      aria-label={appTexts.connection}
      className="flex min-h-8 shrink-0 items-center gap-2 border-b border-line bg-warn-soft px-4 py-1"
    >
      <CloudOff size={14} aria-hidden className="shrink-0 text-warn" />
      <Sentence />
    </section>
  );
}
