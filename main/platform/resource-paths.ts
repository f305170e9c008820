import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface ResourcePaths {
  readonly rendererDir: string;
  /** The built preview frame. */
  readonly frameDir: string;
  readonly preloadPath: string;
  /** Of windows on Linux and Windows. */
  readonly windowIconPath: string;
  readonly migrationsDir: string;
  readonly fileWorkerUrl: URL;
}

/**
 * Paths of the built parts in the application's folder: the project folder during development,
 * `app.asar` when packaged. The worker threads are packed beside the archive, as plain files:
 * whether a thread can load its program from inside one is then no matter.
 */
export function resourcePaths(appDir: string): ResourcePaths {
  return {
    rendererDir: join(appDir, 'out', 'renderer'),
    frameDir: join(appDir, 'out', 'preview'),
    preloadPath: join(appDir, 'out', 'preload', 'index.cjs'),
    windowIconPath: join(appDir, 'build-resources', 'icons', '256x256.png'),
    migrationsDir: join(appDir, 'main', 'db', 'migrations'),
    fileWorkerUrl: pathToFileURL(join(unpackedDir(appDir), 'out', 'workers', 'file-worker.mjs')),
  };
}

/** Where electron-builder puts what stays outside the archive (`asarUnpack`). */
function unpackedDir(appDir: string): string {
  return appDir.endsWith('.asar') ? `${appDir}.unpacked` : appDir;
}
