import { useEffect } from 'react';
import { currentReadOnlyReason } from '../stores/account/use-permissions.ts';
import { showNotice } from '../stores/notices/notices.ts';
import { appTexts } from './texts.en.ts';

function refuseHover(event: DragEvent): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
}

function refuseDrop(event: DragEvent): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  const reason = currentReadOnlyReason();
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
