import { useEffect } from 'react';
import { showNotice } from '../stores/notices.ts';
import { readOnlyReason } from '../stores/permission-rules.ts';
import { useSession } from '../stores/session-store.ts';
import { appTexts } from './texts.en.ts';

function refuseHover(event: DragEvent): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
}

function refuseDrop(event: DragEvent): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  const reason = readOnlyReason(useSession.getState().session);
  showNotice({ tone: 'plain', title: reason ?? appTexts.dropOnProject });
}

/** Without this, a file dropped outside the drop zone would navigate the window to that file. */
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
