import { CloudOff } from 'lucide-react';
import { useSession } from '../stores/session-store.ts';

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
      <p role="note" aria-label="Offline">
        <span className="font-medium">Offline.</span> Browsing, pictures and versions work. Uploading, making live,
        editing and downloading wait for the server.
      </p>
    </section>
  );
}
