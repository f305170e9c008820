import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../node/project-folder.ts';

/** The version from package.json, the only place that states it. */
export function productVersion(): string {
  const manifest = readFileSync(join(projectFolder(import.meta.dirname), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
