import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface ResourcePaths {
  readonly rendererDir: string;
  readonly preloadPath: string;
  readonly migrationsDir: string;
  readonly inspectWorkerUrl: URL;
}

/**
 * Where the built parts lie below the application's folder: the project folder during development, `app.asar` when packaged.
 * A worker thread does not look into the archive, so its program and what it imports are unpacked beside it.
 */
export function resourcePaths(appDir: string): ResourcePaths {
  const unpackedDir = appDir.replace(/\bapp\.asar$/, 'app.asar.unpacked');
  return {
    rendererDir: join(appDir, 'out', 'renderer'),
    preloadPath: join(appDir, 'out', 'preload', 'index.cjs'),
    migrationsDir: join(appDir, 'main', 'db', 'migrations'),
    inspectWorkerUrl: pathToFileURL(join(unpackedDir, 'out', 'main', 'inspect-worker.js')),
  };
}
