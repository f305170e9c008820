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
 * Paths of the built parts in the application's folder: the project folder during development,
 * `app.asar` when packaged. Electron's worker threads can read the archive, too, so it also
 * contains the file worker.
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
