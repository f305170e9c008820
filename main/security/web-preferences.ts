import type { WebPreferences } from 'electron';

export interface PreferenceOptions {
  readonly preloadPath: string;
  /** Packaged builds have no developer tools: they would run anything in the page's name. */
  readonly isPackaged: boolean;
}

/** A partition of its own: nothing of another session, and of no extension, is ever in it. Kept on disk for the page's preferences. */
export const SESSION_PARTITION = 'persist:gabinet';

/**
 * Threat: script in the page reaches Node, Electron or the disk (checklist 2, 3, 4, 6, 8, 9, 10, 11). Most of these are
 * defaults by now; they are said anyway, because a default can change and a reviewer must not have to remember it.
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
