import { accessSync, constants, mkdirSync } from 'node:fs';
import type { App, Dialog } from 'electron';
import { aboutUserFolder, UserFolderError } from '../platform/user-folder-error.ts';

/**
 * Says why the application cannot start, because a program that just ends explains nothing.
 * `logPath` is null if there is no log.
 */
export function explainStart(dialog: Pick<Dialog, 'showErrorBox'>, error: unknown, logPath: string | null): void {
  dialog.showErrorBox("Gabinet can't start", error instanceof UserFolderError ? error.message : unexpected(logPath));
}

function unexpected(logPath: string | null): string {
  const message = 'An error occurred that Gabinet did not expect.';
  return logPath === null ? message : `${message} The log may say why: ${logPath}`;
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
    explainStart(dialog, aboutUserFolder(folder, error), null);
    app.exit(1);
  }
}
