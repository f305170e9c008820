import { readFileSync } from 'node:fs';

/** The version from package.json, the only place that states it. */
export function productVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
