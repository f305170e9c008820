import { app, clipboard, safeStorage, session, shell } from 'electron';
import type { ApplicationOptions } from '../application.ts';
import type { ApplicationLog } from '../diagnostics/application-log.ts';
import { chooseSecretStore } from '../platform/os-secret-store.ts';
import type { ResourcePaths } from '../platform/resource-paths.ts';
import type { ShellSettings } from '../platform/shell-settings.ts';
import { findSystemProxies } from '../platform/system-proxies.ts';
import { openInBrowser } from '../security/open-in-browser.ts';
import { chooseFolder } from './choose-folder.ts';
import { dragFile } from './drag-file.ts';

export interface OptionParts {
  readonly settings: ShellSettings;
  readonly paths: ResourcePaths;
  readonly opened: ApplicationLog;
}

/**
 * What the Electron shell gives to the application. Call it after `app` is ready: safe storage does
 * not work earlier.
 */
export async function applicationOptions({ settings, paths, opened }: OptionParts): Promise<ApplicationOptions> {
  const { log, place } = opened;
  const userDataDir = app.getPath('userData');
  return {
    userDataDir,
    downloadsDir: settings.downloadsDir ?? app.getPath('downloads'),
    defaultServerUrl: settings.defaultServerUrl,
    secrets: await chooseSecretStore({ safeStorage, platform: process.platform, userDataDir, log }),
    fileWorkerUrl: paths.fileWorkerUrl,
    migrationsDir: paths.migrationsDir,
    pollIntervalMs: settings.pollIntervalMs,
    version: app.getVersion(),
    shell: 'electron',
    revealInFileManager: (path) => shell.showItemInFolder(path),
    chooseFolder,
    dragFile,
    findProxies: findSystemProxies(process.env, (url) => session.defaultSession.resolveProxy(url)),
    openInBrowser: (url) => openInBrowser(shell, url),
    copyText: (text) => clipboard.writeText(text),
    log,
    logPlace: place,
  };
}
