import { app, type BrowserWindow } from 'electron';
import { type Log, stackOf } from '../../../node/log.ts';
import type { Application } from '../../application.ts';
import { Activity } from './activity.ts';
import { showSystemNotification } from './system-notification.ts';
import { createTaskbar } from './taskbar.ts';

export interface ShowActivityOptions {
  readonly window: BrowserWindow;
  readonly application: Application;
  readonly log: Log;
}

/** `appId` in electron-builder.yml: by it Windows knows whose notification it is. */
const WINDOWS_APP_ID = 'example.gabinet.desktop';

/** Shows the application's activity outside its window, until the window is closed. */
export function showActivity({ window, application, log }: ShowActivityOptions): void {
  if (process.platform === 'win32') app.setAppUserModelId(WINDOWS_APP_ID);
  const activity = new Activity({
    application,
    taskbar: createTaskbar({ window, app, platform: process.platform }),
    isAway: () => !window.isDestroyed() && !window.isFocused(),
    show: (content) =>
      showSystemNotification(content, {
        log,
        onClick: ({ target }) => {
          bringToFront(window);
          if (target !== null) application.showTarget(target);
        },
      }),
    log,
  });
  window.on('blur', () => activity.windowLeft());
  window.on('focus', () => activity.windowEntered());
  window.once('closed', () => activity.stop());
  activity.start().catch((error: unknown) => {
    log.error('Activity could not be read', { error: stackOf(error) });
  });
}

function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
