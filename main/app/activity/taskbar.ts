import type { App, BrowserWindow } from 'electron';
import type { OperationView } from '../../../shared/contract/operations.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import { badgeCount, type TaskbarProgress, taskbarProgress } from './taskbar-rules.ts';

export interface TaskbarOptions {
  readonly window: Pick<BrowserWindow, 'isDestroyed' | 'setProgressBar'>;
  readonly app: Pick<App, 'setBadgeCount'>;
  readonly platform: NodeJS.Platform;
}

/** Progress and badge of the application's icon on dock and taskbar. */
export interface Taskbar {
  /** Calls the system only if what it shows would change. */
  show(transfers: readonly TransferView[], operations: readonly OperationView[]): void;
}

export function createTaskbar({ window, app, platform }: TaskbarOptions): Taskbar {
  let shown: TaskbarProgress = taskbarProgress([], platform);
  let shownCount = 0;
  return {
    show(transfers, operations) {
      const progress = taskbarProgress(transfers, platform);
      const isChanged = progress.value !== shown.value || progress.mode !== shown.mode;
      shown = progress;
      if (isChanged && !window.isDestroyed()) window.setProgressBar(progress.value, { mode: progress.mode });
      const count = badgeCount(transfers, operations);
      // Returns false where there are no badges.
      if (count !== shownCount) app.setBadgeCount(count);
      shownCount = count;
    },
  };
}
