import { useEffect } from 'react';
import { showNotice } from '../stores/notices.ts';
import { readOnlyReason } from '../stores/permission-rules.ts';
import { useSession } from '../stores/session-store.ts';

function refuseHover(event: DragEvent): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
}

function refuseDrop(event: DragEvent): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  const reason = readOnlyReason(useSession.getState().session);
  showNotice({ tone: 'plain', title: reason ?? 'Drop files on the page of an open project.' });
}

/** A file dropped beside the drop zone would replace the application by that file: the window takes it, and does nothing. */
export function useDropGuard(): void {
  useEffect(() => {
    window.addEventListener('dragover', refuseHover);
    window.addEventListener('drop', refuseDrop);
    return () => {
      window.removeEventListener('dragover', refuseHover);
      window.removeEventListener('drop', refuseDrop);
    };
  }, []);
}
