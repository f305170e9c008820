import type { NotificationTarget } from '../../../shared/contract/notifications.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { useLibrary } from '../library/library-store.ts';
import { setTrayOpen } from '../transfers/transfers-store.ts';
import { openProject } from './view-store.ts';

/** Shows what a clicked notification was about. */
export function showNotificationTarget(target: NotificationTarget): void {
  switch (target.kind) {
    case 'transfers':
      setTrayOpen(true);
      return;
    case 'project':
      // It may have been deleted since the notification.
      if (useLibrary.getState().projects?.some(({ uuid }) => uuid === target.projectUuid)) {
        openProject(target.projectUuid);
      }
      return;
    default:
      assertNever(target, 'notification target');
  }
}
