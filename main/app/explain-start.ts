import { accessSync, constants, mkdirSync } from 'node:fs';
import type { App, Dialog } from 'electron';
import { aboutUserFolder, UserFolderError } from '../platform/user-folder-error.ts';

/** Says why the application cannot start, if a person can do something about it. */
export function explainStart(dialog: Pick<Dialog, 'showErrorBox'>, error: unknown): void {
  if (error instanceof UserFolderError) dialog.showErrorBox("Gabinet can't start", error.message);
}

/**
 * Ends a start that did not get the lock of the single instance. Another application has it, or it
 * could not be made because the folder cannot be written to; Electron does not tell them apart.
 */
export function endWithoutLock(app: Pick<App, 'getPath' | 'exit'>, dialog: Pick<Dialog, 'showErrorBox'>): void {
  const folder = app.getPath('userData');
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    app.exit(0);
  } catch (error) {
    explainStart(dialog, aboutUserFolder(folder, error));
    app.exit(1);
  }
}
