import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface ResourcePaths {
  readonly rendererDir: string;
  /** The built preview frame. */
  readonly frameDir: string;
  readonly preloadPath: string;
  readonly migrationsDir: string;
  readonly fileWorkerUrl: URL;
}

/**
 * Where the built parts lie below the application's folder: the project folder during development, `app.asar` when packaged.
 * Electron reads the archive in worker threads too, so the inspection worker lies in it like everything else.
 */
export function resourcePaths(appDir: string): ResourcePaths {
  return {
    rendererDir: join(appDir, 'out', 'renderer'),
    frameDir: join(appDir, 'out', 'preview'),
    preloadPath: join(appDir, 'out', 'preload', 'index.cjs'),
    migrationsDir: join(appDir, 'main', 'db', 'migrations'),
    fileWorkerUrl: pathToFileURL(join(appDir, 'out', 'main', 'file-worker.js')),
  };
}
