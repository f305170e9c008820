import type { Staging } from '../staging/staging.ts';
import { AutoUpload, type AutoUploadOptions } from './auto-upload.ts';
import { WatchFolders, type WatchFoldersOptions } from './watch-folders.ts';

export interface AccountWatchOptions
  extends Omit<WatchFoldersOptions, 'autoUpload'>,
    Omit<AutoUploadOptions, 'onInvalid' | 'onRoom' | 'fileWorkers'> {
  readonly fileWorkers: AutoUploadOptions['fileWorkers'];
  readonly staging: Staging;
}

/**
 * Watches the folders of an account. Invalid files that were to be sent automatically appear in the
 * upload sheet.
 */
export function createAccountWatchFolders(options: AccountWatchOptions): WatchFolders {
  const autoUpload = new AutoUpload({
    ...options,
    onInvalid: (projectUuid, file) => void options.staging.stage(projectUuid, [file]),
    onRoom: () => folders.nudge(),
  });
  const folders: WatchFolders = new WatchFolders({ ...options, autoUpload });
  return folders;
}
