import { CloudOff } from 'lucide-react';
import { describePending, isPending } from '../stores/operation-rules.ts';
import { useOperations } from '../stores/operations-store.ts';
import { useSession } from '../stores/session-store.ts';
import { isOnTheWay } from '../stores/transfer-rules.ts';
import { useTransfers } from '../stores/transfers-store.ts';

function useWaiting(): string | null {
  const changes = useOperations((state) => state.operations.filter(isPending).length);
  const uploads = useTransfers(
    (state) => state.transfers.filter((transfer) => transfer.kind === 'upload' && isOnTheWay(transfer)).length,
  );
  return describePending(changes, uploads);
}

function Sentence() {
  const waiting = useWaiting();
  return (
    <p role="note" aria-label="Offline">
      <span className="font-medium">Offline.</span>{' '}
      {waiting ?? 'You can go on working: changes and uploads are kept here and sent when the server answers.'}
    </p>
  );
}

/** Quiet: what still works, and what waits. */
export function OfflineBar() {
  const isOffline = useSession((state) => state.session?.connection === 'offline');
  if (!isOffline) return null;
  return (
    <section
      aria-label="Connection"
      className="flex min-h-8 shrink-0 items-center gap-2 border-b border-line bg-warn-soft px-4 py-1"
    >
      <CloudOff size={14} aria-hidden className="shrink-0 text-warn" />
      <Sentence />
    </section>
  );
}
