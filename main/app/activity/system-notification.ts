import { Notification } from 'electron';
import type { Log } from '../../../node/log.ts';
import type { NotificationContent } from './describe-events.ts';
import type { ShownNotification } from './notifier.ts';

export interface SystemNotificationParts {
  readonly log: Log;
  readonly onClick: (content: NotificationContent) => void;
}

/** Returns null where the system shows no notifications. */
export function showSystemNotification(
  content: NotificationContent,
  { log, onClick }: SystemNotificationParts,
): ShownNotification | null {
  if (!Notification.isSupported()) return null;
  const { title, body } = content;
  const notification = new Notification({ title, body });
  notification.on('click', () => onClick(content));
  notification.on('failed', (_event, reason) => log.warn('A notification could not be shown', { reason }));
  notification.show();
  return notification;
}
