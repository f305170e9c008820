import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const electronDir = dirname(fileURLToPath(import.meta.resolve('electron/package.json')));

/**
 * Path of Electron's program as installed by its own installer, or null if it was never downloaded.
 */
export function electronProgram(): string | null {
  try {
    const path = join(electronDir, 'dist', readFileSync(join(electronDir, 'path.txt'), 'utf8'));
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

export function electronIsInstalled(): boolean {
  return electronProgram() !== null;
}
