import type { WebPreferences } from 'electron';

export interface PreferenceOptions {
  readonly preloadPath: string;
  /** Packaged builds have no developer tools, which could run anything as the page. */
  readonly isPackaged: boolean;
}

/**
 * A separate partition, free of data of other sessions and of extensions. Stored on disk for the
 * page's preferences.
 */
export const SESSION_PARTITION = 'persist:gabinet';

/**
 * Threat: script in the page reaches Node, Electron or the disk (checklist 2, 3, 4, 6, 8, 9, 10,
 * 11). Most of these are defaults by now. They are set anyway, because defaults can change and
 * reviewers should not need to remember them.
 */
export function webPreferences(options: PreferenceOptions): WebPreferences {
  return {
    preload: options.preloadPath,
    partition: SESSION_PARTITION,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    devTools: !options.isPackaged,
  };
}
